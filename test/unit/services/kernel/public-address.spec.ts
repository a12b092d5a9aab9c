import type { LookupAddress } from "node:dns";
import { createPoster } from "../../../../services/kernel/outgoing-post";
import { createReach, isPublicAddress } from "../../../../services/kernel/public-address";

test.each([
  ...["127.0.0.1", "0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254"],
  ...["100.64.0.1", "192.0.0.192", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd00::1"],
  ...[
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "2001:db8::1",
    "ff02::1",
    "example",
    "",
  ],
])("%s is nobody's whom the mall may tell", (address) => expect(isPublicAddress(address)).toBe(false));

test.each(["8.8.8.8", "172.32.0.1", "192.169.0.1", "100.63.0.1", "2606:4700::1111", "2a00:1450::1"])(
  "%s is public",
  (address) => expect(isPublicAddress(address)).toBe(true),
);

type Found = readonly LookupAddress[];
const v4 = (address: string): LookupAddress => ({ address, family: 4 });

/** A name that stands for something else each time. */
function resolver(...answers: readonly Found[]) {
  let asked = 0;
  const reach = createReach(["10.9.0.0/16"], (_name, _options, done) => done(null, [...(answers[asked++] ?? [])]));
  const look = (clear = false) =>
    new Promise((resolve) =>
      reach.lookup(clear)("hook.example", { all: true }, (error, found) => resolve(error ? error.name : found)),
    );
  return { reach, look };
}

test("judges what a name stands for at the moment of connecting", async () => {
  const { look } = resolver([v4("8.8.8.8")], [v4("127.0.0.1")], [v4("10.0.0.1"), v4("8.8.4.4")]);
  expect(await look()).toEqual([v4("8.8.8.8")]);
  expect(await look()).toBe("AddressRefused");
  expect(await look()).toEqual([v4("8.8.4.4")]);
});

test("in clear only the networks of the configuration are told", async () => {
  const { look } = resolver([v4("8.8.8.8")], [v4("10.9.1.1")], [v4("10.9.1.1")]);
  expect([await look(true), await look(true), await look()]).toEqual([
    "AddressRefused",
    [v4("10.9.1.1")],
    [v4("10.9.1.1")],
  ]);
});

test.each([
  ...["http://127.0.0.1:9/", "https://127.0.0.1:9/", "https://[::1]:9/", "https://169.254.169.254/", "http://8.8.8.8/"],
  ...["https://2130706433/", "https://0x7f.1/", "https://[::ffff:127.0.0.1]/"],
])("a request to %s is not even begun", async (url) => {
  const poster = createPoster(createReach([]));
  const posted = await poster.post({ url, headers: {}, body: "{}" });
  poster.close();
  expect(posted).toMatchObject({ status: null, reason: "ADDRESS_REFUSED", answer: null });
});

test("a name of this machine is refused by the look-up that the connection uses", async () => {
  const poster = createPoster(createReach([]));
  const posted = await poster.post({ url: "https://localhost:9/", headers: {}, body: "{}" });
  poster.close();
  expect(posted).toMatchObject({ status: null, reason: "ADDRESS_REFUSED" });
});
