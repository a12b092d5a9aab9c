/**
 * All that the mall keeps about a person, for that person. Each day has a job of its own, whose id follows from the
 * person and the day: however often it is asked for, it is made once. One that failed is followed by another, a few
 * times.
 */
import type { Calls } from "../../models/contracts";
import {
  OWN_DATA_FILE,
  TAKEOUT_KEPT_DAYS,
  TAKEOUT_KEPT_MS,
  type OwnData,
} from "../../models/account/own-data.contract";
import type { JobView } from "../../models/job/job.contract";
import { derivedId } from "../../models/kernel/ids";
import { isRefusal } from "../../models/kernel/refusal";
import { refuse } from "../../models/refusals";
import { asMall, typed } from "../kernel/call";
import { createdId } from "../kernel/command-id";
import type { CallSite } from "../kernel/service";

const DAY_MS = 86_400_000;
/** Jobs of one day. */
const TRIES_MAX = 3;

const NOTHING: OwnData = {
  id: null,
  status: "none",
  requestedAt: null,
  fraction: 0,
  file: null,
  until: null,
  reason: null,
};

const callOf = ({ caller, meta }: CallSite, step: string) => typed<Calls>(caller, asMall(meta, step));

const dayOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);
const commandOf = (person: string, day: string, attempt: number): string =>
  derivedId("takeout", person, day, String(attempt));

const cameToNothing = ({ status }: JobView): boolean => status === "failed" || status === "cancelled";

async function jobBy(commandId: string, site: CallSite): Promise<JobView | null> {
  try {
    return await callOf(site, "job")("job.get", { id: createdId("job", commandId) });
  } catch (error) {
    if (isRefusal(error, "NOT_FOUND")) return null;
    throw error;
  }
}

interface Newest {
  readonly job: JobView | null;
  /** Jobs of this day. */
  readonly attempts: number;
}

async function newestOf(person: string, day: string, site: CallSite): Promise<Newest> {
  let job: JobView | null = null;
  for (let attempt = 0; attempt < TRIES_MAX; attempt++) {
    const next = await jobBy(commandOf(person, day, attempt), site);
    if (next === null) return { job, attempts: attempt };
    job = next;
    if (!cameToNothing(job)) return { job, attempts: attempt + 1 };
  }
  return { job, attempts: TRIES_MAX };
}

function told(job: JobView | null, nowMs: number): OwnData {
  if (job === null) return NOTHING;
  const { id, status, requestedAt, endedAt, progress, reason } = job;
  const untilMs = status === "finished" && endedAt !== null ? Date.parse(endedAt) + TAKEOUT_KEPT_MS : 0;
  if (status === "finished" && untilMs <= nowMs) return NOTHING;
  const found = untilMs > 0 ? { file: OWN_DATA_FILE, until: new Date(untilMs).toISOString() } : {};
  return { ...NOTHING, id, status, requestedAt, fraction: progress.fraction, reason, ...found };
}

/** The newest of the week. */
export async function dataOf(site: CallSite): Promise<OwnData> {
  const { id: person } = site.meta.principal;
  const nowMs = Date.now();
  const days = Array.from({ length: TAKEOUT_KEPT_DAYS + 1 }, (_, n) => dayOf(nowMs - n * DAY_MS));
  // looked at together: the reads of one turn are one
  const found = await Promise.all(days.map((day) => newestOf(person, day, site)));
  return told(found.map(({ job }) => job).find((job) => job !== null) ?? null, nowMs);
}

/** @throws NOT_FOUND to who is no account */
export async function takeData(site: CallSite): Promise<OwnData> {
  const { id: person } = site.meta.principal;
  const { status } = await callOf(site, "peek")("account.peek", { id: person });
  if (status === "none") refuse("NOT_FOUND", `${person} is no account: this token was given out by \`stoa token\`.`);
  const day = dayOf(Date.now());
  const { job, attempts } = await newestOf(person, day, site);
  if (job !== null && (!cameToNothing(job) || attempts === TRIES_MAX)) return told(job, Date.now());
  const commandId = commandOf(person, day, attempts);
  await typed<Calls>(site.caller, { ...asMall(site.meta, "takeout"), commandId })("job.takeout", {});
  return told(await jobBy(commandId, site), Date.now());
}
