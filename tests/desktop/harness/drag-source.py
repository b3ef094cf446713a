#!/usr/bin/python3
"""A small window that hands a file to whatever it is dragged onto, as a file manager does: drag-source.py FILE X Y"""

import sys
from pathlib import Path

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk  # noqa: E402

path, x, y = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
window = Gtk.Window(title="Drag source", type=Gtk.WindowType.POPUP)
handle = Gtk.EventBox()
handle.add(Gtk.Label(label=Path(path).name))
handle.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, [], Gdk.DragAction.COPY)
handle.drag_source_add_uri_targets()
handle.connect("drag-data-get", lambda _w, _c, data, *_: data.set_uris([Path(path).as_uri()]))
handle.connect("drag-failed", lambda _w, _c, why: print(f"refused: {why.value_nick}", flush=True))
handle.connect("drag-end", lambda *_: print("ended", flush=True))
window.connect("map-event", lambda *_: print("shown", flush=True))
window.connect("destroy", Gtk.main_quit)
window.add(handle)
window.set_default_size(220, 40)
window.move(x, y)
window.show_all()
Gtk.main()
