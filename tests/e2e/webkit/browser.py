#!/usr/bin/python3
"""A browser on WebKitGTK whose profile outlives it, for WebKitWebDriver.

MiniBrowser under automation keeps nothing once it ends, so it cannot show that a record survives.
It has no address bar and no menus: only its driver speaks to it.
"""

import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2  # noqa: E402 (the versions must be named before)

NAME = "BienbanTestBrowser"


def begin(context, session):
    about = WebKit2.ApplicationInfo()
    about.set_name(NAME)
    about.set_version(1, 0, 0)
    session.set_application_info(about)
    session.connect("create-web-view", lambda _: open_view(context))


def open_view(context):
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
    window = Gtk.Window(default_width=1280, default_height=800)
    window.add(view)
    window.show_all()
    view.connect("close", lambda _: window.destroy())
    return view


def main(profile):
    kept = WebKit2.WebsiteDataManager(
        base_data_directory=f"{profile}/data", base_cache_directory=f"{profile}/cache"
    )
    context = WebKit2.WebContext(website_data_manager=kept)
    context.set_automation_allowed(True)
    context.connect("automation-started", begin)
    Gtk.main()


main(sys.argv[1])
