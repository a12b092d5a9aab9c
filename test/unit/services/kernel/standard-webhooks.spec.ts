import { newSigningKey, secretText, signatureOf, signedHeaders } from "../../../../services/kernel/standard-webhooks";

/** The example that the specification's own libraries are tested with. */
const KEY = Buffer.from("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "base64");
const EXAMPLE = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: 1614265330, body: '{"test": 2432232314}' };
const SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

test("signs the specification's example as it says", () => {
  expect(signatureOf(KEY, EXAMPLE)).toBe(SIGNATURE);
  expect(secretText(KEY)).toBe("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
});

test("each secret that is good signs, and another body, time or id has another signature", () => {
  const other = newSigningKey();
  expect(signedHeaders([other, KEY], EXAMPLE)).toEqual({
    "webhook-id": EXAMPLE.id,
    "webhook-timestamp": "1614265330",
    "webhook-signature": `${signatureOf(other, EXAMPLE)} ${SIGNATURE}`,
  });
  for (const changed of [{ id: "msg_2" }, { timestamp: 1614265331 }, { body: "{}" }]) {
    expect(signatureOf(KEY, { ...EXAMPLE, ...changed })).not.toBe(SIGNATURE);
  }
});
