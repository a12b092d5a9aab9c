/** What is forbidden or wrong: a clear no, and a trace of it. */
import type { Guide } from "../guide";

interface Denial {
  readonly action: string;
  readonly principal: string;
}

export async function forbids({ guide }: { readonly guide: Guide }, channel: string): Promise<void> {
  guide.step("A forbidden act is denied, and recorded");
  const path = `/v1/channels/${channel}/close`;
  const denied = await guide.ask({ method: "POST", path, as: "MIA" });
  guide.holds("Mia cannot close the mall's channel", denied.status === 403, denied.body);
  const recorded = await guide.ask(
    { method: "GET", path: "/v1/denials?action=channel.close", as: "OWNER" },
    { show: ({ items }: { items: Denial[] }) => items.map(({ action, principal }) => ({ action, principal })) },
  );
  const { items } = recorded.body as { items: Denial[] };
  guide.holds(
    "the attempt is there for whoever asks",
    items.some(({ action }) => action === "channel.close"),
    items,
  );
}

export async function explains({ guide }: { readonly guide: Guide }, offer: string): Promise<void> {
  guide.step("A wrong request is told what is wrong, field by field");
  const body = { price: { amountMinor: -5, currency: "euro" }, colour: "red" };
  const wrong = await guide.ask({ method: "PUT", path: `/v1/offers/${offer}/price`, as: "MIA", body });
  const { type } = wrong.body as { type?: string };
  guide.holds("400, with a type and the faults", wrong.status === 400 && type !== undefined, wrong.body);
}
