"""A tray as a desktop has one: takes what programs put into it (StatusNotifierItem) and presses the entries of their
menus (com.canonical.dbusmenu) when the story asks it to.
"""

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

WATCHER = "org.kde.StatusNotifierWatcher"
INTERFACES = """<node>
<interface name="org.kde.StatusNotifierWatcher">
  <method name="RegisterStatusNotifierItem"><arg type="s" direction="in"/></method>
  <method name="RegisterStatusNotifierHost"><arg type="s" direction="in"/></method>
  <property name="RegisteredStatusNotifierItems" type="as" access="read"/>
  <property name="IsStatusNotifierHostRegistered" type="b" access="read"/>
  <property name="ProtocolVersion" type="i" access="read"/>
</interface>
<interface name="souk.story.Tray">
  <method name="Words"><arg type="as" direction="out"/></method>
  <method name="Press"><arg type="s" direction="in"/></method>
</interface>
</node>"""
MENU = "com.canonical.dbusmenu"
LIMIT_MS = 5_000

bus = Gio.bus_get_sync(Gio.BusType.SESSION)
# the bus name and the path of each, the last put in last
items = []


def call(owner, path, interface, method, arguments):
    flags = Gio.DBusCallFlags.NONE
    return bus.call_sync(owner, path, interface, method, arguments, None, flags, LIMIT_MS).unpack()


def menu():
    """The bus name and the path of the last item's menu, and its entries: number by word."""
    owner, path = items[-1]
    ask = GLib.Variant("(ss)", ("org.kde.StatusNotifierItem", "Menu"))
    (path,) = call(owner, path, "org.freedesktop.DBus.Properties", "Get", ask)
    call(owner, path, MENU, "AboutToShow", GLib.Variant("(i)", (0,)))
    _, (_, _, entries) = call(owner, path, MENU, "GetLayout", GLib.Variant("(iias)", (0, -1, ["label"])))
    return owner, path, {said["label"].replace("_", ""): number for number, said, _ in entries}


def answer(sender, method, arguments):
    if method == "RegisterStatusNotifierItem":
        (said,) = arguments
        items.append((sender, said) if said.startswith("/") else (said, "/StatusNotifierItem"))
    elif method == "Words":
        return GLib.Variant("(as)", (list(menu()[2]),))
    elif method == "Press":
        owner, path, entries = menu()
        press = (entries[arguments[0]], "clicked", GLib.Variant("i", 0), 0)
        call(owner, path, MENU, "Event", GLib.Variant("(isvu)", press))
    return None


def on_call(_bus, sender, _path, _interface, method, arguments, invocation):
    try:
        invocation.return_value(answer(sender, method, arguments.unpack()))
    except (GLib.Error, LookupError) as error:
        invocation.return_dbus_error("souk.story.Tray.Error", repr(error))


def on_get(_bus, _sender, _path, _interface, name):
    return {
        "RegisteredStatusNotifierItems": GLib.Variant("as", [owner + path for owner, path in items]),
        "IsStatusNotifierHostRegistered": GLib.Variant("b", True),
        "ProtocolVersion": GLib.Variant("i", 0),
    }[name]


for interface in Gio.DBusNodeInfo.new_for_xml(INTERFACES).interfaces:
    bus.register_object("/StatusNotifierWatcher", interface, on_call, on_get, None)
Gio.bus_own_name_on_connection(bus, WATCHER, Gio.BusNameOwnerFlags.NONE, None, None)
GLib.MainLoop().run()
