"""One file per revision, ``r<revision>_<what>.py``; a revision that was released is never changed."""
