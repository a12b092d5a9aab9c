/** Who asks in a fuzz, and what is planted beforehand: a marker in what is private to each of two sellers. */
import { issueToken } from "../../../services/gateway/tokens";
import type { Person } from "./run";
import { POLICY, SELLERS } from "./hints";

const markerOf = (seller: string): string => `marker-private-to-${seller}`;
export const MARKERS = SELLERS.map(markerOf);

export function peopleOf(secret: string): Person[] {
  const admin = (id: string) => ({ name: id, token: issueToken(secret, { id, permissions: ["*"] }), mustNotSee: [] });
  const sellers = SELLERS.map((seller): Person => {
    const grants = [
      { role: "seller-owner", party: seller },
      { role: "shopper", party: seller },
    ];
    const token = issueToken(secret, { id: seller, permissions: [], grants });
    return { name: seller, token, mustNotSee: MARKERS.filter((marker) => marker !== markerOf(seller)), weight: 4 };
  });
  const shopper = issueToken(secret, {
    id: "a-shopper",
    permissions: [],
    grants: [{ role: "shopper", party: "a-shopper" }],
  });
  return [
    { ...admin("admin-one"), weight: 24 },
    { ...admin("admin-two"), weight: 6 },
    ...sellers,
    { name: "shopper", token: shopper, mustNotSee: MARKERS, weight: 1 },
    { name: "anonymous", token: null, mustNotSee: MARKERS, weight: 1 },
  ];
}

async function post(url: string, person: Person, path: string, body: object): Promise<string> {
  const headers = { authorization: `Bearer ${person.token ?? ""}`, "content-type": "application/json" };
  const method = path.endsWith("/application") ? "PATCH" : path.endsWith("/policy") ? "PUT" : "POST";
  const response = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${person.name} cannot plant: ${method} ${path} → ${response.status} ${text}`);
  return (JSON.parse(text) as { id: string }).id;
}

/** What a seller says of itself when it applies is its own business. */
export async function plant(url: string, people: readonly Person[]): Promise<Record<string, string[]>> {
  const [admin] = people as [Person];
  await post(url, admin, "/v1/fraud/policy", POLICY);
  const known: Record<string, string[]> = { product: [], offer: [], stock: [], seller: [] };
  for (const sellerId of SELLERS) {
    const seller = people.find(({ name }) => name === sellerId) as Person;
    const product = await post(url, admin, "/v1/products", { title: { en: "Planted" }, channels: [], publish: true });
    const price = { amountMinor: 500, currency: "EUR" };
    const terms = { productId: product, sellerId, sku: `planted-${sellerId}`, price, condition: "new" };
    const offer = await post(url, admin, "/v1/offers", terms);
    await post(url, admin, `/v1/offers/${offer}/stock/main/receive`, { quantity: 100 });
    const adjusted = { by: 5, reason: "found" };
    const stock = await post(url, admin, `/v1/offers/${offer}/stock/main/adjust`, adjusted);
    const applied = await post(url, seller, "/v1/sellers", {
      name: `Shop ${sellerId}`,
      country: "DE",
      form: "company",
    });
    const business = { legalName: markerOf(sellerId), street: "Street 1", postalCode: "10115", city: "Berlin" };
    await post(url, seller, `/v1/sellers/${applied}/application`, { business });
    for (const [kind, id] of Object.entries({ product, offer, stock, seller: applied })) known[kind]?.push(id);
  }
  return known;
}

/** True when each marker is really there, for its owner: else that nobody else sees it would prove nothing. */
export async function plantedAreThere(
  url: string,
  people: readonly Person[],
  applied: readonly string[],
): Promise<boolean> {
  const seen = await Promise.all(
    SELLERS.map(async (seller, i) => {
      const token = people.find(({ name }) => name === seller)?.token ?? "";
      const headers = { authorization: `Bearer ${token}` };
      const response = await fetch(`${url}/v1/history/seller/${applied[i] ?? ""}`, { headers });
      return (await response.text()).includes(markerOf(seller));
    }),
  );
  return seen.every(Boolean);
}
