"""A headless Chromium, spoken to through pipes; the standard library is all it takes."""

import json
import os
import select
import subprocess
import time


class Failure(Exception):
    """The browser did not do what it was asked."""


class Browser:
    """Chromium at the other end of two pipes, spoken to in its DevTools protocol."""

    def __init__(self, folder):
        ours, theirs = os.pipe()
        back, ours_back = os.pipe()
        self.output = ours_back
        self.input = ours
        self.count = 0
        self.buffer = b""
        self.events = []
        # Descriptors 3 and 4 are what --remote-debugging-pipe reads and writes.
        command = [
            "bash", "-c", f'exec "$@" 3<&{back} 4>&{theirs}', "bash", "chromium",
            "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            "--remote-debugging-pipe", "--no-first-run", f"--user-data-dir={folder}",
        ]
        self.process = subprocess.Popen(
            command, pass_fds=(back, theirs), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(back)
        os.close(theirs)
        self.session = None

    def close(self):
        """Ends the browser."""
        try:
            self.send("Browser.close", session=None)
            self.process.wait(10)
        except (OSError, subprocess.TimeoutExpired, Failure):
            self.process.kill()
            self.process.wait()
        os.close(self.input)
        os.close(self.output)

    def message(self, deadline):
        """The next message; None when there is none until the deadline."""
        while b"\0" not in self.buffer:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self.input], [], [], left)[0]:
                return None
            chunk = os.read(self.input, 1 << 20)
            if not chunk:
                raise Failure("Chromium went away.")
            self.buffer += chunk
        text, self.buffer = self.buffer.split(b"\0", 1)
        return json.loads(text)

    def send(self, method, session="", **parameters):
        """Calls a method, of the browser itself where the session is None."""
        self.count += 1
        call = {"id": self.count, "method": method, "params": parameters}
        session = self.session if session == "" else session
        if session:
            call["sessionId"] = session
        os.write(self.output, json.dumps(call).encode() + b"\0")
        deadline = time.monotonic() + 60
        while (answer := self.message(deadline)) is not None:
            if answer.get("id") == self.count:
                if "error" in answer:
                    raise Failure(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)
        raise Failure(f"Chromium does not answer {method}.")

    def wait(self, seconds=0.1):
        """Takes in what pages do by themselves."""
        deadline = time.monotonic() + seconds
        while (event := self.message(deadline)) is not None:
            self.events.append(event)

    def open_tab(self):
        """The session of a new tab."""
        target = self.send("Target.createTarget", session=None, url="about:blank")["targetId"]
        return self.send(
            "Target.attachToTarget", session=None, targetId=target, flatten=True)["sessionId"]

    def value(self, expression):
        """What an expression is in the page, where a click of a person is taken to have caused it."""
        answer = self.send(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True,
            userGesture=True)
        if "exceptionDetails" in answer:
            raise Failure(f"A check broke off: {answer['exceptionDetails']}")
        return answer["result"].get("value")
