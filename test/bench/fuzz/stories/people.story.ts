/** People with accounts: how they come, prove themselves, and go. */
import { Secret, TOTP } from "otpauth";
import type { Member, Scene, Stage, Story } from "../stage";
import { word } from "../hints";

const MEMBERS_MAX = 8;
/** Well within the life of an access token. */
const FRESH_MS = 240_000;
const PERIOD_MS = 30_000;

const text = (body: Readonly<Record<string, unknown>>, name: string): string => String(body[name]);
export const passwordOf = (stage: Stage): string => `a long walk to the mall ${word(stage.random)}`;

/** Somebody who has registered, and has the code. */
async function registered(stage: Stage) {
  const [email, password] = [`${word(stage.random)}@example.org`, passwordOf(stage)];
  await stage.ask("registration.begin", { params: { email, password } });
  return { email, password, code: await stage.code(email) };
}

interface Known {
  readonly email: string;
  readonly password: string;
}

async function loggedIn(stage: Stage, { email, password }: Known): Promise<Member> {
  const body = await stage.ask("login.begin", { params: { email, password } });
  const [accountId, token, refreshToken] = ["accountId", "accessToken", "refreshToken"].map((one) => text(body, one));
  const said = { name: email, mustNotSee: stage.markers, weight: 0, madeAt: Date.now() };
  return { ...said, email, password, accountId: accountId ?? "", token: token ?? "", refreshToken: refreshToken ?? "" };
}

export async function newMember(stage: Stage): Promise<Member> {
  const { code, ...known } = await registered(stage);
  await stage.ask("registration.verify", { params: { code } });
  const member = await loggedIn(stage, known);
  stage.known("account", member.accountId);
  return member;
}

/** Somebody who may be here already, and stays what they are. */
export async function aMember(stage: Stage): Promise<Member> {
  const { members } = stage.shelf;
  const fresh = members.filter(({ madeAt }) => Date.now() - madeAt < FRESH_MS);
  if (fresh.length > 0 && stage.random.chance(0.85)) return stage.random.pick(fresh);
  const member = await newMember(stage);
  members.push(member);
  members.splice(0, members.length - MEMBERS_MAX);
  return member;
}

/** In their own network: who sends a mail, or guesses, is counted by it. */
const alone: Story = () => Promise.resolve({});
const asMember: Story = async (stage) => ({ as: await aMember(stage) });
const asNew: Story = async (stage) => ({ as: await newMember(stage) });
const ofOneself: Story = async (stage) => {
  const as = await aMember(stage);
  return { as, params: { id: as.accountId } };
};

interface Guarded extends Member {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

async function prepared(stage: Stage): Promise<Guarded> {
  const member = await newMember(stage);
  const body = await stage.ask("proof.prepare", { as: member, params: { password: member.password } });
  return { ...member, secret: text(body, "secret"), recoveryCodes: body["recoveryCodes"] as string[] };
}

/** Each step of time is good once: `later` is the one after this. */
function codeOf({ secret }: Guarded, later = 0): string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret), digits: 6, period: PERIOD_MS / 1_000 });
  return totp.generate({ timestamp: Date.now() + later * PERIOD_MS });
}

async function guarded(stage: Stage): Promise<Guarded> {
  const member = await prepared(stage);
  await stage.ask("proof.confirm", { as: member, params: { code: codeOf(member) } });
  return member;
}

/** By the authenticator or, as if it was lost, by a recovery code. */
const secondCode = (stage: Stage, member: Guarded): string =>
  stage.random.chance(0.5) ? codeOf(member, 1) : stage.random.pick(member.recoveryCodes);

async function second(stage: Stage): Promise<Scene> {
  const member = await guarded(stage);
  const { email, password } = member;
  const { challenge } = await stage.ask("login.begin", { params: { email, password } });
  return { params: { challenge, code: secondCode(stage, member) } };
}

async function reset(stage: Stage): Promise<Scene> {
  const { email } = await newMember(stage);
  await stage.ask("password.forgot", { params: { email } });
  return { params: { code: await stage.code(email), password: passwordOf(stage) } };
}

async function openId(stage: Stage): Promise<Scene> {
  const { challenge, url } = await stage.ask("openid.begin");
  const answer = await stage.throughProvider(String(url), `${word(stage.random)}@example.org`);
  return { params: { challenge, ...answer } };
}

async function endSession(stage: Stage): Promise<Scene> {
  const as = await aMember(stage);
  await loggedIn(stage, as);
  const { items } = await stage.ask("me.sessions", { as });
  // not the one by which this member goes on
  const ids = (items as readonly { id: string; startedAt: string }[]).toSorted((a, b) =>
    a.startedAt < b.startedAt ? 1 : -1,
  );
  return { as, params: { id: ids[0]?.id } };
}

async function endKey(stage: Stage): Promise<Scene> {
  const as = await aMember(stage);
  const { id } = await stage.ask("apikey.make", { as, params: { scopes: ["product.write"] } });
  return { as, params: { id } };
}

async function revoke(stage: Stage): Promise<Scene> {
  const { accountId: id } = await aMember(stage);
  const grant = { id, role: "seller-staff", party: word(stage.random), channels: undefined };
  await stage.ask("account.grant", { params: grant });
  return { params: grant };
}

export const peopleStories: Readonly<Record<string, Story>> = {
  "registration.begin": alone,
  "registration.verify": async (stage) => ({ params: { code: (await registered(stage)).code } }),
  "login.begin": async (stage) => {
    const { email, password } = await aMember(stage);
    return { params: { email, password } };
  },
  "login.second": second,
  "session.refresh": async (stage) => {
    const { refreshToken } = await loggedIn(stage, await aMember(stage));
    return { params: { refreshToken } };
  },
  "openid.finish": openId,
  "password.forgot": alone,
  "password.reset": reset,
  "me.get": asMember,
  "me.sessions": asMember,
  "me.end": endSession,
  "me.data": asMember,
  "me.takeData": asMember,
  "me.logout": async (stage) => ({ as: await loggedIn(stage, await aMember(stage)) }),
  "me.logoutEverywhere": asNew,
  "proof.password": async (stage) => {
    const as = await newMember(stage);
    return { as, params: { current: as.password, password: passwordOf(stage) } };
  },
  "proof.prepare": async (stage) => {
    const as = await aMember(stage);
    return { as, params: { password: as.password } };
  },
  "proof.confirm": async (stage) => {
    const as = await prepared(stage);
    return { as, params: { code: codeOf(as) } };
  },
  "proof.drop": async (stage) => {
    const as = await guarded(stage);
    return { as, params: { password: as.password, code: secondCode(stage, as) } };
  },
  "apikey.make": asNew,
  "apikey.end": endKey,
  "apikey.list": asMember,
  "account.get": ofOneself,
  "account.revise": ofOneself,
  "account.grant": async (stage) => ({ params: { id: (await aMember(stage)).accountId, channels: undefined } }),
  "account.revoke": revoke,
  "account.erase": async (stage) => {
    const as = await newMember(stage);
    return { as, params: { id: as.accountId } };
  },
};
