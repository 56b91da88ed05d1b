"""Template tags of allauth's pages, the only pages of the product in Django's own template language."""
