"""What the web server calls."""

import gc
import os

from django.core.wsgi import get_wsgi_application

from montada.site.turns import Turns

AT_ONCE = 2
"""One computes while another waits for the disk."""

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "montada.settings.local")

application = Turns(get_wsgi_application(), AT_ONCE)

# What is loaded before the first request stays until the last: looking through it again
# and again for garbage costs a fifth of a page that builds much.
gc.freeze()
