import { mkdtemp, readdir, readFile, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createMailer, fileDelivery, undeliveredBy, type Mail } from "../../../../services/kernel/mail";

const log = { warn: () => undefined, error: () => undefined };
const mail: Mail = { to: "ada@example.org", subject: "Grüße", text: "Schöne Grüße\n" };

test("mails go out in order, tried again when that fails, and given up in the end", async () => {
  const sent: string[] = [];
  const pauses: number[] = [];
  let failures = 2;
  const mailer = createMailer({
    from: "stoa@example.org",
    log,
    pause: (ms) => Promise.resolve(pauses.push(ms)),
    deliver: ({ to, subject }) => {
      if (to === "never@example.org" || failures-- > 0) return Promise.reject(new Error("busy"));
      sent.push(subject);
      return Promise.resolve();
    },
  });
  for (const one of [{ subject: "first" }, { subject: "lost", to: "never@example.org" }, { subject: "last" }]) {
    expect(mailer.send({ ...mail, ...one })).toBe(true);
  }
  await mailer.idle();
  expect(sent).toEqual(["first", "last"]);
  expect(pauses).toHaveLength(2 + 3);
});

test("without a mail server they are files, which an erased person takes along", async () => {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), "stoa-mail-")), "mail");
  const mailer = createMailer({ from: "stoa@example.org", log, ...fileDelivery(folder) });
  mailer.send(mail);
  mailer.send({ ...mail, to: "bob@example.org" });
  await mailer.idle();
  const texts = async () =>
    Promise.all((await readdir(folder)).sort().map((name) => readFile(path.join(folder, name), "utf8")));
  expect((await texts())[0]).toMatch(/^From: stoa@example.org\nTo: ada@example.org\nSubject: /m);
  await mailer.purge("ADA@example.org");
  expect((await texts()).map((text) => /^To: (.*)$/m.exec(text)?.[1])).toEqual(["bob@example.org"]);
});

test("how a mail is written does not hang on the code in its link", async () => {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), "stoa-mail-")), "mail");
  const mailer = createMailer({ from: "stoa@example.org", log, ...fileDelivery(folder) });
  for (const code of ["a".repeat(52), "1".repeat(52)]) {
    mailer.send({ ...mail, text: `${"مرحبًا بك! ".repeat(5)}https://example.org/verify#code=${code}\n` });
  }
  await mailer.idle();
  for (const name of await readdir(folder)) {
    expect(await readFile(path.join(folder, name), "utf8")).toMatch(/^Content-Transfer-Encoding: quoted-printable$/m);
  }
});

test("a person's mails are taken along without a look at anybody else's", async () => {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), "stoa-mail-")), "mail");
  const mailer = createMailer({ from: "stoa@example.org", log, ...fileDelivery(folder) });
  mailer.send(mail);
  await mailer.idle();
  // listed, but not there for who would read it
  const gone = path.join(folder, "0-gone.eml");
  await symlink(path.join(folder, "nowhere"), gone);
  await mailer.purge(mail.to);
  expect(await readdir(folder)).toEqual([path.basename(gone)]);
});

test("who keeps account of a mail has it handed over once, and learns whether it went out", async () => {
  const faults: Error[] = [];
  const sent: string[] = [];
  const mailer = createMailer({
    from: "stoa@example.org",
    log,
    deliver: ({ from, to }) => {
      const fault = faults.shift();
      if (fault !== undefined) return Promise.reject(fault);
      return Promise.resolve(void sent.push(`${from} → ${to}`));
    },
  });
  await mailer.deliver(mail);
  faults.push(new Error("busy"));
  await expect(mailer.deliver(mail)).rejects.toThrow("busy");
  expect(sent).toEqual(["stoa@example.org → ada@example.org"]);
});

test.each([
  ["a server that is not there", { code: "ESOCKET", command: "CONN" }, "no", "ESOCKET"],
  ["a server that is busy", { code: "EMESSAGE", responseCode: 451 }, "no", "EMESSAGE 451"],
  ["a mailbox that does not exist", { code: "EENVELOPE", responseCode: 550 }, "never", "EENVELOPE 550"],
  ["a wrong password of ours", { code: "EAUTH", responseCode: 535 }, "no", "EAUTH 535"],
  ["a full disk", { code: "ENOSPC" }, "no", "ENOSPC"],
  ["silence after the text", { code: "ETIMEDOUT", command: "DATA" }, "unknown", "ETIMEDOUT"],
  ["what has no code", new Error("550 no mailbox for ada@example.org"), "unknown", "ERROR"],
])("%s is told by a code", (_name, error, outcome, reason) => {
  expect(undeliveredBy(error)).toEqual({ outcome, reason });
});
