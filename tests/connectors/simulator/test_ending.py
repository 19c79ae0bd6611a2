"""The simulator's process ends when it is told to, whichever of its threads the signal comes to."""

import os
import subprocess
import sys


# Begins to serve, and takes the signal in a thread of its own once it is told.
SERVING = """
import os, signal, threading
from connectors.simulator.__main__ import main

def struck():
    os.read({told}, 1)
    signal.pthread_kill(threading.get_ident(), signal.SIGTERM)

threading.Thread(target=struck, daemon=True).start()
main(["--dossiers", "20", "--documents", "10", "--procedures", "10"])
"""


def test_a_signal_to_another_thread_ends_the_simulator() -> None:
    told, tell = os.pipe()
    command = [sys.executable, "-c", SERVING.format(told=told)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=[told]) as serving:
        try:
            assert serving.stdout
            assert b'"port"' in serving.stdout.readline()
            os.write(tell, b"!")
            assert serving.wait(timeout=20) == 0
        finally:
            serving.kill()
            os.close(told)
            os.close(tell)
