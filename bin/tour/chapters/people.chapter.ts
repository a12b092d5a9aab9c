/** People come: a seller who registers and is approved with four eyes. */
import { vatIdOf } from "../../demo/founding";
import type { Answer, Guide } from "../guide";
import { until, type Scene } from "../scene";

const ROLE_WITHIN_MS = 15_000;
const PASSWORD = "a long walk to the mall";

const fieldOf = ({ body }: Answer, name: string): string => String((body as Record<string, unknown> | null)?.[name]);

const codeIn = (mail: string): string => /code: (\S+)/.exec(mail)?.[1] ?? "";

const tokenShown = ({ accountId, accessToken }: Readonly<Record<string, string>>): object => ({
  accountId,
  accessToken,
});

async function logIn(guide: Guide, name: string, email: string): Promise<Answer> {
  const variable = name.toUpperCase();
  const answer = await guide.ask(
    { method: "POST", path: "/v1/sessions", body: { email, password: PASSWORD } },
    { show: tokenShown, names: { [`${variable}_TOKEN`]: "accessToken", [`${variable}_ID`]: "accountId" } },
  );
  guide.holds(`${name} logs in`, answer.status === 200, answer.body);
  guide.visitor(variable, fieldOf(answer, "accessToken"));
  return answer;
}

/** Registers, verifies and logs in; gives the account's id. */
export async function join(scene: Scene, name: string): Promise<string> {
  const { guide } = scene;
  const email = `${name.toLowerCase()}@example.com`;
  const sent = await guide.ask({ method: "POST", path: "/v1/accounts", body: { email, password: PASSWORD, name } });
  const code = codeIn(await scene.mailTo(email));
  guide.holds(`a mail with a code comes to ${email}`, sent.status < 300 && code !== "", sent.body);
  guide.name(`${name.toUpperCase()}_CODE`, code);
  const verified = await guide.ask({ method: "POST", path: "/v1/accounts/verify", body: { code } });
  guide.holds(`the address of ${name} is verified`, verified.status < 300, verified.body);
  return fieldOf(await logIn(guide, name, email), "accountId");
}

export async function registers(scene: Scene): Promise<void> {
  scene.guide.step("Mia registers, and verifies her address with the code that comes by mail");
  await join(scene, "Mia");
}

export async function administrators(scene: Scene): Promise<void> {
  const { guide } = scene;
  guide.step("Ada and Ben look after sellers: the mall's owner gives them the role");
  for (const name of ["Ada", "Ben"]) {
    const id = await join(scene, name);
    const body = { role: "admin-sellers", party: null };
    const granted = await guide.ask({ method: "POST", path: `/v1/accounts/${id}/grants`, as: "OWNER", body });
    guide.holds(`${name} looks after sellers`, granted.status < 300, granted.body);
    await logIn(guide, name, `${name.toLowerCase()}@example.com`);
  }
}

const partsOf = (person: string, shop: string, vatId: string) => ({
  business: { legalName: `${shop} GmbH`, street: "Lichtweg 1", postalCode: "10115", city: "Berlin" },
  contact: { name: person, email: `${person.toLowerCase()}@example.com` },
  tax: { vatId },
  bank: { holder: `${shop} GmbH`, iban: "DE89 3704 0044 0532 0130 00" },
  papers: [
    { kind: "register-extract", reference: "HRB 12345 B" },
    { kind: "tax-certificate", reference: "2026/17" },
  ],
});
const PARTS = partsOf("Mia", "Mia Lamps", "DE136695976");

const nextShown = { show: ({ next }: { next: unknown }) => next };

const nextStep = ({ body }: Answer): unknown => (body as { next?: unknown }).next ?? null;

export async function applies({ guide }: Scene): Promise<void> {
  guide.step("She applies to sell, and is told step by step what is missing, and why");
  const body = { name: "Mia Lamps", country: "DE", form: "company" };
  await guide.ask({ method: "POST", path: "/v1/sellers", as: "MIA", body }, { names: { SELLER: "id" } });
  const seller = guide.named("SELLER");
  const application = `/v1/sellers/${seller}/application`;
  const first = await guide.ask({ method: "GET", path: application, as: "MIA" }, nextShown);
  guide.holds("the next step says what to do", nextStep(first) !== null, first.body);
  const wrong = { tax: { vatId: "DE136695977" } };
  await guide.ask({ method: "PATCH", path: application, as: "MIA", body: { ...PARTS, ...wrong } });
  const checked = await guide.ask({ method: "GET", path: application, as: "MIA" }, nextShown);
  const { part } = nextStep(checked) as { part?: string };
  guide.holds("a tax number with a wrong check digit is noticed", part === "tax", checked.body);
  await guide.ask({ method: "PATCH", path: application, as: "MIA", body: { tax: PARTS.tax } });
  const submitted = await guide.ask({ method: "POST", path: `/v1/sellers/${seller}/submit`, as: "MIA" });
  guide.holds("the application is complete and handed in", submitted.status < 300, submitted.body);

  guide.step("As long as she is not approved, she cannot sell");
  const product = { title: { en: "Arc lamp" }, channels: [], sellerId: seller };
  const refused = await guide.ask({ method: "POST", path: "/v1/products", as: "MIA", body: product });
  guide.holds("it is refused", refused.status === 403 || refused.status === 409, refused.body);
}

export async function approves({ guide }: Scene, seller: string): Promise<void> {
  guide.step("Approving takes four eyes: Ada asks for it, Ben approves");
  const asked = await guide.ask(
    { method: "POST", path: `/v1/sellers/${seller}/approve`, as: "ADA", body: {} },
    { names: { APPROVAL: "approval.id" } },
  );
  guide.holds("what Ada did became a request", asked.status === 202, asked.body);
  const approve = { method: "POST", path: `/v1/approvals/${guide.named("APPROVAL")}/approve`, body: {} } as const;
  const own = await guide.ask({ ...approve, as: "ADA" });
  guide.holds("Ada cannot approve it herself", own.status >= 400 && own.status < 500, own.body);
  const other = await guide.ask({ ...approve, as: "BEN" });
  guide.holds("Ben can, and it is done", other.status < 300 && fieldOf(other, "status") === "done", other.body);
  await becomesSeller(guide, "Mia", seller);
}

/** What the approval causes elsewhere follows on its own: the owner's role on the person's account. */
async function becomesSeller(guide: Guide, name: string, seller: string): Promise<void> {
  await until(`the role of ${name} has reached the account`, ROLE_WITHIN_MS, async () => {
    const { body } = await guide.quietly({ method: "GET", path: "/v1/me", as: name.toUpperCase() });
    return JSON.stringify(body).includes(seller) ? true : null;
  });
  await logIn(guide, name, `${name.toLowerCase()}@example.com`);
}

/** The same way as Mia. */
export async function secondSeller(scene: Scene): Promise<void> {
  const { guide } = scene;
  guide.step("Noa sells rugs: she came the same way, and Ada and Ben let her in");
  await join(scene, "Noa");
  const post = async (path: string, as: string, body: object = {}, names = {}): Promise<void> => {
    const answer = await guide.ask({ method: "POST", path, as, body }, { names });
    if (answer.status >= 300) guide.holds(`POST ${path}`, false, answer.body);
  };
  await post("/v1/sellers", "NOA", { name: "Noa Rugs", country: "DE", form: "company" }, { NOAS: "id" });
  const seller = guide.named("NOAS");
  const application = `/v1/sellers/${seller}/application`;
  const parts = partsOf("Noa", "Noa Rugs", vatIdOf("20000001"));
  await guide.ask({ method: "PATCH", path: application, as: "NOA", body: parts });
  await post(`/v1/sellers/${seller}/submit`, "NOA");
  await post(`/v1/sellers/${seller}/approve`, "ADA", {}, { NOAS_APPROVAL: "approval.id" });
  await post(`/v1/approvals/${guide.named("NOAS_APPROVAL")}/approve`, "BEN");
  await becomesSeller(guide, "Noa", seller);
}
