/** Reasons are sentences that somebody would say, of one and of several. */
import { reasonFor } from "../../../../ml/fraud/reasons";
import { CHECKOUT_MODEL_FEATURES } from "../../../../ml/fraud/train";

it.each([
  ["customer_attempts_1_hour", 1, "This customer tried to pay once in the last hour."],
  ["customer_attempts_1_hour", 3, "This customer tried to pay 3 times in the last hour."],
  ["card_known_frauds", 1, "1 payment with this card turned out to be fraud."],
  ["customer_stopped_7_days", 2, "2 payments of this customer were stopped in the last 7 days."],
])("%s, %s", (feature, value, said) => expect(reasonFor(feature, value).text.en).toBe(said));

it.each(CHECKOUT_MODEL_FEATURES)("%s has words of its own in four languages", (feature) => {
  for (const value of [0, 1, 4]) {
    const { text } = reasonFor(feature, value);
    const said = [text.en, text.de, text.ko, text.ar];
    expect(new Set(said).size).toBe(4);
    expect(said.join(" ")).not.toContain(feature);
  }
});
