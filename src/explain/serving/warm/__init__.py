"""Kernels forked from a warm template: a Voilà dashboard for a class, from one small machine.

An ordinary Voilà page starts a Python of its own, imports what the notebook imports, runs it, and renders it: seconds
and hundreds of megabytes for every visitor. Here one process for each notebook, its *template*, does all of that once,
ahead of anybody, and is then forked for every page: milliseconds, and memory only for what a visitor changes.

How it works
    1. :mod:`~explain.serving.warm.template` (its own process) makes an IPython kernel *without* sockets, then runs the
       notebook, freezes what it has (``gc.freeze``), and waits. It has one thread and refuses to fork with more.
    2. :mod:`~explain.serving.warm.provisioner`, which jupyter_client asks to start a kernel, asks the template, which
       forks. The fork is given environment, working directory and connection file, opens its sockets and calls the
       hooks that wait for a visitor (:mod:`explain.serving.hooks`).
    3. Widgets have the same ids in every fork, so the page is rendered once for each language
       (:mod:`~explain.serving.warm.page`), and only the kernel's id is put in.
    4. :mod:`~explain.serving.warm.templates` replaces a template that was killed, or whose notebook, modules or own
       package's files have changed.

Who is whose child
    A fork forks once more and ends, so that the kernel is an orphan and goes to the server, which adopts orphans
    (``PR_SET_CHILD_SUBREAPER``). So the server is every kernel's parent: it waits for its exit status and leaves no
    zombie; it holds a pidfd, so that a signal never meets another process with the same number; and a kernel dies with
    the server (``PR_SET_PDEATHSIG``) and with nobody else. A template may be killed or replaced under living kernels.

For your own dashboard
    Build the page empty while the notebook runs. What belongs to one visitor is made in a hook, which is called after
    the fork; on an ordinary kernel it is called at once, so the same notebook works everywhere::

        from explain.serving.hooks import on_visitor

        label = ipywidgets.Label()
        on_visitor(lambda visitor: setattr(label, "value", f"hello {visitor.id}"))
        label

    While the notebook runs ahead, ``explain.serving.hooks.warming()`` is true: a dashboard may then read, compile and
    try out whatever it will need, so that no fork has to. Let it start no thread and no event loop, open no connection,
    and keep no generator of random numbers but ``random``'s and ``numpy.random``'s own, which are seeded anew in every
    fork. What it reads through the hash of a string is the same in all forks of one template.

    Serve it with :func:`explain.serving.listening.serve`. With a server of your own: call
    :func:`~explain.serving.warm.provisioner.register`, name the provisioner in the kernel's specification
    (``metadata={"kernel_provisioner": {"provisioner_name": "explain-warm"}}``), make one
    :class:`~explain.serving.warm.templates.Templates` and start kernels with ``warm=lambda: templates.of(notebook)``.

Where it does not work, ordinary kernels are started, and a line in the log says why: elsewhere than on Linux, on a
version of ipykernel that :data:`~explain.serving.warm.possible.KNOWN` does not list, or for a notebook that cannot be
run ahead.
"""
