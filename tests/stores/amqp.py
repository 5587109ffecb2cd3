"""A client of RabbitMQ, as little of AMQP 0-9-1 as the tests need: HOST PORT USER ACTION QUEUE [CA].

The password is in the variable PASSWORD. ACTION: `open` connects; `put` declares a durable queue and sends one lasting
message to it; `count` prints how many messages wait in it. The exit code is 0 if the server does what is asked.
"""

import os
import socket
import ssl
import struct
import sys


def short(text):
    data = text.encode()
    return bytes([len(data)]) + data


def long(data):
    return struct.pack(">I", len(data)) + data


class Connection:
    def __init__(self, host, port, authority):
        self.socket = socket.create_connection((host, port), timeout=10)
        if authority:
            context = ssl.create_default_context(cafile=authority)
            self.socket = context.wrap_socket(self.socket, server_hostname=host)
        self.socket.sendall(b"AMQP\0\0\x09\x01")

    def read(self, size):
        data = b""
        while len(data) < size:
            part = self.socket.recv(size - len(data))
            if not part:
                sys.exit("the server has closed the connection")
            data += part
        return data

    def frame(self, kind, channel, payload):
        self.socket.sendall(struct.pack(">BHI", kind, channel, len(payload)) + payload + b"\xce")

    def method(self, channel, kind, number, arguments):
        self.frame(1, channel, struct.pack(">HH", kind, number) + arguments)

    def expect(self, kind, number):
        while True:
            frame, _, size = struct.unpack(">BHI", self.read(7))
            payload = self.read(size)
            assert self.read(1) == b"\xce"
            if frame == 8:
                continue
            got = struct.unpack(">HH", payload[:4])
            if got == (kind, number):
                return payload[4:]
            if got in ((10, 50), (20, 40)):
                code, size = struct.unpack(">HB", payload[4:7])
                sys.exit(f"{code} {payload[7:7 + size].decode()}")
            sys.exit(f"{got} in place of {(kind, number)}")


def main():
    host, port, user, action, queue = sys.argv[1:6]
    connection = Connection(host, int(port), sys.argv[6] if len(sys.argv) > 6 else None)
    connection.expect(10, 10)
    plain = b"\0" + user.encode() + b"\0" + os.environ["PASSWORD"].encode()
    # Else a server that refuses a password closes the connection without a word.
    able = short("capabilities") + b"F" + long(short("authentication_failure_close") + b"t\x01")
    connection.method(0, 10, 11, long(able) + short("PLAIN") + long(plain) + short("en_US"))
    connection.expect(10, 30)
    connection.method(0, 10, 31, struct.pack(">HIH", 10, 131072, 0))
    connection.method(0, 10, 40, short("/") + short("") + b"\0")
    connection.expect(10, 41)
    if action == "open":
        return print("open")
    connection.method(1, 20, 10, short(""))
    connection.expect(20, 11)
    # Bit 0 asks whether the queue is there, bit 1 makes it durable.
    how = b"\x01" if action == "count" else b"\x02"
    connection.method(1, 50, 10, b"\0\0" + short(queue) + how + long(b""))
    declared = connection.expect(50, 11)
    if action == "count":
        return print(struct.unpack(">I", declared[1 + declared[0]:5 + declared[0]])[0])
    # With confirmations, so that it is known to be written.
    connection.method(1, 85, 10, b"\0")
    connection.expect(85, 11)
    connection.method(1, 60, 40, b"\0\0" + short("") + short(queue) + b"\0")
    connection.frame(2, 1, struct.pack(">HHQHB", 60, 0, 5, 0x1000, 2))
    connection.frame(3, 1, b"hello")
    connection.expect(60, 80)
    print("confirmed")


main()
