"""Asks a window to close, as the button on its frame does where there is a window manager: close-window.py ID."""

import ctypes
import sys

x = ctypes.CDLL("libX11.so.6")
x.XOpenDisplay.restype = ctypes.c_void_p
x.XInternAtom.restype = ctypes.c_ulong


class ClientMessage(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("message_type", ctypes.c_ulong),
        ("format", ctypes.c_int),
        ("data", ctypes.c_long * 5),
        ("rest", ctypes.c_long * 12),
    ]


CLIENT_MESSAGE = 33
display = ctypes.c_void_p(x.XOpenDisplay(None))
window = ctypes.c_ulong(int(sys.argv[1]))


def atom(name):
    return x.XInternAtom(display, name, 0)


data = (ctypes.c_long * 5)(atom(b"WM_DELETE_WINDOW"), 0, 0, 0, 0)
event = ClientMessage(
    CLIENT_MESSAGE, 0, 1, display, window, atom(b"WM_PROTOCOLS"), 32, data
)
x.XSendEvent(display, window, 0, 0, ctypes.byref(event))
x.XSync(display, 0)
