"""A package, so that its folders may share what lies beside them, and each may be a package too."""
