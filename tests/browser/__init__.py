"""A package, so that what its tests share, Playwright's event loop above all, ends with the last of them."""
