/** What do two and three nodes do against one? On two cores they share what one had: the ratio says what that costs. */
import { randomUUID } from "node:crypto";
import { idMadeBy } from "../../bin/client/keys";
import { ADMIN } from "../../bin/client/locate";
import type { Mall } from "../../bin/client/mall";
import { customerOf } from "../support/customer";
import { rate, type Rate } from "./measure";
import type { Answer } from "./report";
import { sized, type Ask } from "./scale";
import { benchMall, endMall } from "./whole-mall";

const PRODUCTS = 200;
const IN_FLIGHT = 64;

async function must(customer: Mall, action: string, params: object, idempotencyKey: string): Promise<void> {
  const outcome = await customer.send({ action, params, idempotencyKey });
  if (!outcome.ok) throw new Error(`${action} was refused: ${outcome.detail}`);
}

async function measured(nodes: number, ask: Ask): Promise<Rate> {
  const mall = await benchMall({ args: ["--empty", "--nodes", String(nodes)] });
  try {
    const customer = await customerOf(mall);
    const count = sized(ask, PRODUCTS, 20);
    const ids = Array.from({ length: count }, (_, i) => idMadeBy(ADMIN.id, "product.create", `bench/${i}`));
    const made = ids.map((_, i) => {
      const params = { title: { en: `Lamp ${i}` }, channels: [], publish: true };
      return must(customer, "product.create", params, `bench/${i}`);
    });
    await Promise.all(made);
    const revise = (n: number): Promise<void> => {
      const params = { id: ids[n % ids.length] ?? "", title: { en: `Lamp, changed ${n} times` } };
      return must(customer, "product.revise", params, randomUUID());
    };
    await rate(IN_FLIGHT, sized(ask, 15, 1), revise);
    return await rate(IN_FLIGHT, sized(ask, 20, 2), revise);
  } finally {
    await endMall(mall);
  }
}

export async function nodesBench(ask: Ask): Promise<Answer[]> {
  const one = await measured(1, ask);
  const answers: Answer[] = [
    { question: "commands/s through HTTP, one node", value: one.perSecond, unit: "/s", detail: one },
  ];
  for (const nodes of ask.small ? [2] : [2, 3]) {
    const more = await measured(nodes, ask);
    const value = Number((more.perSecond / one.perSecond).toFixed(3));
    answers.push({ question: `${nodes} nodes / one, commands through HTTP`, value, unit: "×", detail: more });
  }
  return answers;
}
