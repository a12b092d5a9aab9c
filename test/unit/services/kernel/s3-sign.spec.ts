/** The examples of "Signature Calculations for the Authorization Header", in the reference of Amazon S3. */
import { sha256, signed } from "../../../../services/kernel/s3-sign";

const keys = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  region: "us-east-1",
};
const at = new Date("2013-05-24T00:00:00Z");
const HOST = "https://examplebucket.s3.amazonaws.com";
const SCOPE = "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request";

const PUBLISHED = [
  {
    name: "an object, in part",
    request: { method: "GET", path: "/test.txt", headers: { range: "bytes=0-9" }, body: "" },
    names: "host;range;x-amz-content-sha256;x-amz-date",
    signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  },
  {
    name: "an object that is put",
    request: {
      method: "PUT",
      path: "/test%24file.text",
      headers: { date: "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY" },
      body: "Welcome to Amazon S3.",
    },
    names: "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
    signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
  },
  {
    name: "a query without a value",
    request: { method: "GET", path: "/?lifecycle", headers: {}, body: "" },
    names: "host;x-amz-content-sha256;x-amz-date",
    signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
  },
  {
    name: "a query of several",
    request: { method: "GET", path: "/?max-keys=2&prefix=J", headers: {}, body: "" },
    names: "host;x-amz-content-sha256;x-amz-date",
    signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
  },
];

test.each(PUBLISHED)("signs $name as it was published", ({ request, names, signature }) => {
  const { method, path, headers, body } = request;
  const sent = signed(keys, { method, url: new URL(HOST + path), headers, bodyHash: sha256(body), at });
  expect(sent["authorization"]).toBe(`${SCOPE},SignedHeaders=${names},Signature=${signature}`);
  expect(sent).toMatchObject({ ...headers, "x-amz-date": "20130524T000000Z", "x-amz-content-sha256": sha256(body) });
});

test("another secret, moment or body is another signature", () => {
  const url = new URL(`${HOST}/test.txt`);
  const request = { method: "GET", url, bodyHash: sha256(""), at };
  const signatures = [
    signed(keys, request),
    signed({ ...keys, secretAccessKey: "another" }, request),
    signed(keys, { ...request, at: new Date(at.getTime() + 1_000) }),
    signed(keys, { ...request, bodyHash: sha256("x") }),
  ].map(({ authorization }) => authorization);
  expect(new Set(signatures).size).toBe(4);
});
