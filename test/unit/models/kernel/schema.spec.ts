import joi from "joi";
import Joi from "../../../../models/kernel/schema";

const place = (from: Pick<typeof joi, "object" | "string" | "array" | "alternatives" | "number" | "boolean">) => {
  const name = from.string().max(5);
  const at = from.object({ name: name.required(), near: from.array().items(name, from.number().integer()).max(2) });
  return from.alternatives(at.keys({ open: from.boolean().default(true) }).or("name", "near"), name).match("one");
};

it("is what Joi makes of the same words", () => {
  const [deferred, plain] = [place(Joi), place(joi)];
  expect(deferred.describe()).toEqual(plain.describe());
  for (const value of ["abcde", "abcdef", {}, { name: "a", near: [1, "b"] }, { near: [1.5] }, { name: "a", more: 1 }]) {
    const [mine, yours] = [deferred.validate(value), plain.validate(value)];
    expect({ value: mine.value as unknown, error: mine.error?.message }).toEqual({
      value: yours.value as unknown,
      error: yours.error?.message,
    });
  }
});

it("is a schema for Joi, wherever it stands", () => {
  const inner = Joi.string().min(2);
  expect(joi.isSchema(inner)).toBe(true);
  expect(joi.object({ a: inner }).validate({ a: "b" }).error?.message).toContain('"a" length must be');
  expect(Joi.object({ a: joi.string().min(2) }).validate({ a: "b" }).error?.message).toContain('"a" length must be');
});

it("is not made before it is asked something, and then once, whoever uses it", () => {
  const made = jest.fn(() => "x");
  const keys = {
    get name() {
      made();
      return joi.string();
    },
  };
  const one = Joi.object(keys);
  const other = Joi.array().items(one.required()).max(3);
  expect(made).not.toHaveBeenCalled();
  expect(other.validate([{ name: "a" }]).error).toBeUndefined();
  expect(other.validate([{ name: 1 }]).error).toBeDefined();
  expect(one.validate({ name: "b" }).error).toBeUndefined();
  expect(made).toHaveBeenCalledTimes(1);
});

it("a word that Joi does not know is told, when the schema is made", () => {
  const odd = (Joi.string() as unknown as { and: (name: string) => typeof joi.any }).and("b") as unknown as joi.Schema;
  expect(() => odd.describe()).toThrow("and");
});
