/** Sellers, from the application to the end, and who works for them. */
import { ibanOf, vatIdOf } from "../../../../bin/demo/founding";
import { word } from "../hints";
import { Stuck, type Member, type Scene, type Stage, type Story } from "../stage";
import { aMember, newMember } from "./people.story";

const SELLERS_MAX = 20;

interface Applicant {
  readonly as: Member;
  readonly id: string;
}

async function draft(stage: Stage): Promise<Applicant> {
  const as = await aMember(stage);
  const beginning = { country: "DE", form: "company" };
  return { as, id: String((await stage.ask("seller.apply", { as, params: beginning }))["id"]) };
}

async function complete(stage: Stage): Promise<Applicant> {
  const { as, id } = await draft(stage);
  const { random } = stage;
  const business = { legalName: "Fuzz GmbH", street: "Marktgasse 1", postalCode: "10115", city: "Berlin" };
  const parts = {
    id,
    business,
    contact: { name: "Order desk", email: as.email },
    tax: { vatId: vatIdOf(String(random.whole(10_000_000, 99_999_999))) },
    bank: { holder: business.legalName, iban: ibanOf(String(random.whole(1, 2 ** 31)).padStart(18, "0")) },
    papers: [{ kind: "register-extract", reference: "HRB 12345" }],
  };
  await stage.ask("seller.save", { as, params: parts });
  return { as, id };
}

async function submitted(stage: Stage): Promise<Applicant> {
  const applicant = await complete(stage);
  await stage.ask("seller.submit", { as: applicant.as, params: { id: applicant.id } });
  return applicant;
}

const requestIn = ({ approval }: Readonly<Record<string, unknown>>): string =>
  String((approval as { readonly id: string } | undefined)?.id);

/** Let in: by two people. */
async function newSeller(stage: Stage): Promise<string> {
  const { id } = await submitted(stage);
  const request = requestIn(await stage.ask("seller.approve", { params: { id } }));
  const { status } = await stage.ask("approval.approve", { as: stage.two, params: { id: request } });
  if (status !== "done") throw new Stuck(`approving a seller came to "${String(status)}"`);
  return id;
}

/** One that stays active. */
export async function aSeller(stage: Stage): Promise<string> {
  const { active } = stage.shelf;
  if (active.length > 0 && stage.random.chance(0.85)) return stage.random.pick(active);
  const id = await newSeller(stage);
  active.push(id);
  active.splice(0, active.length - SELLERS_MAX);
  return id;
}

async function suspended(stage: Stage): Promise<Scene> {
  const waiting = stage.shelf.suspended.pop();
  if (waiting !== undefined) return { params: { id: waiting } };
  const id = await newSeller(stage);
  await stage.ask("seller.suspend", { params: { id } });
  return { params: { id } };
}

const ofApplicant =
  (made: (stage: Stage) => Promise<Applicant>): Story =>
  async (stage) => {
    const { as, id } = await made(stage);
    return { as, params: { id } };
  };

const ofSeller: Story = async (stage) => ({ params: { id: await aSeller(stage) } });
const atSeller: Story = async (stage) => ({ params: { sellerId: await aSeller(stage) } });

async function invited(stage: Stage) {
  const email = `${word(stage.random)}@example.org`;
  const sellerId = await aSeller(stage);
  const { id } = await stage.ask("membership.invite", { params: { sellerId, email, role: "seller-staff" } });
  return { id, email };
}

async function join(stage: Stage): Promise<Scene> {
  const { email } = await invited(stage);
  return { as: await newMember(stage), params: { code: await stage.code(email) } };
}

/** A request that waits for a second person. */
const requested: Story = async (stage) => {
  const role = { id: word(stage.random), permissions: ["history.read"] };
  return { params: { id: requestIn(await stage.ask("role.define", { params: role })) } };
};

const decided: Story = async (stage) => ({ ...(await requested(stage)), as: stage.two });

export const sellerStories: Readonly<Record<string, Story>> = {
  "seller.apply": async (stage) => ({ as: await aMember(stage) }),
  "seller.save": ofApplicant(draft),
  "seller.application": ofApplicant(draft),
  "seller.submit": ofApplicant(complete),
  "seller.withdraw": ofApplicant(submitted),
  "seller.approve": ofApplicant(submitted),
  "seller.return": async (stage) => ({ params: { id: (await submitted(stage)).id } }),
  "seller.suspend": async (stage) => {
    const id = await newSeller(stage);
    stage.shelf.suspended.push(id);
    stage.shelf.suspended.splice(0, stage.shelf.suspended.length - SELLERS_MAX);
    return { params: { id } };
  },
  "seller.reinstate": suspended,
  "seller.close": async (stage) => ({ params: { id: await newSeller(stage) } }),
  "seller.revise": ofSeller,
  "seller.amend": ofSeller,
  "seller.imprint": ofSeller,
  "seller.get": ofSeller,
  "membership.invite": atSeller,
  "membership.list": atSeller,
  "membership.join": join,
  "membership.get": async (stage) => ({ params: { id: (await invited(stage)).id } }),
  "membership.remove": async (stage) => ({ params: { id: (await invited(stage)).id } }),
  "approval.get": requested,
  "approval.approve": decided,
  "approval.reject": decided,
  "approval.withdraw": requested,
};
