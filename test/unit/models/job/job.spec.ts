import { job, type JobState } from "../../../../models/job/job.aggregate";
import { erased, evolveOne } from "../../../../models/kernel/aggregate";
import { isRefusal } from "../../../../models/kernel/refusal";

const T0 = "2026-01-01T00:00:00.000Z";
const T1 = "2026-01-01T00:00:10.000Z";
const T2 = "2026-01-01T00:00:20.000Z";
const counts = { rows: 5, skipped: 1, failed: 2, changed: 0, commands: 12, fraction: 0.5 };

/** Commands with the moment at which each is sent; the state that they lead to. */
function after(...sent: [name: string, params: object, at?: string][]): JobState {
  const any = erased(job);
  return sent.reduce<JobState>((state, [name, params, at = T0]) => {
    const events = any.decide[name]?.(state, params, at) ?? [];
    return events.reduce<JobState>((reached, event) => evolveOne(any, reached, event) as JobState, state);
  }, job.initial);
}

function refused(...sent: Parameters<typeof after>): string {
  try {
    after(...sent);
  } catch (error) {
    if (isRefusal(error)) return error.type;
    throw error;
  }
  return "nothing";
}

type Sent = Parameters<typeof after>[number];
const asked: Sent = ["job.import", { format: "jsonl", file: "f", requestedBy: "ann" }];
const started: Sent = ["job.start", { id: "j", leaseUntil: T1 }];

it("is requested with what was not said filled in, and is begun at once", () => {
  const state = after(asked);
  expect(state).toMatchObject({
    status: "requested",
    runs: 0,
    asked: { task: "import", channel: "main", currency: "USD", requestedBy: "ann", requestedAt: T0 },
  });
  expect(job.due?.(state)).toEqual([{ at: T0, command: "job.start", params: {} }]);
});

it("is whoever's who runs it until its lease ends, and then begun again", () => {
  const running = after(asked, started, ["job.report", { id: "j", ...counts, leaseUntil: T2 }, T1]);
  expect(running).toMatchObject({ status: "running", runs: 1, startedAt: T0, progress: counts, leaseUntil: T2 });
  expect(job.due?.(running)).toEqual([{ at: T2, command: "job.requeue", params: {} }]);
  expect(refused(asked, started, ["job.requeue", { id: "j" }, T0])).toBe("JOB_LEASED");
  const again = after(asked, started, ["job.requeue", { id: "j" }, T1]);
  expect(again).toMatchObject({ status: "requested", runs: 1 });
  expect(after(asked, started, ["job.requeue", {}, T1], ["job.start", { leaseUntil: T2 }, T1])).toMatchObject({
    status: "running",
    runs: 2,
    startedAt: T1,
  });
});

it("finishes with what came of it, fails with a reason, and then wants nothing more", () => {
  const finished = after(asked, started, ["job.finish", { id: "j", ...counts, fraction: 1 }, T2]);
  expect(finished).toMatchObject({ status: "finished", endedAt: T2, progress: { fraction: 1 } });
  const failed = after(asked, started, ["job.fail", { id: "j", reason: "no such file" }, T2]);
  expect(failed).toMatchObject({ status: "failed", reason: "no such file", endedAt: T2 });
  for (const state of [finished, failed]) expect(job.due?.(state)).toEqual([]);
});

it("can be cancelled while it has not ended, twice as well as once", () => {
  const cancel: Sent = ["job.cancel", { id: "j" }, T1];
  expect(after(asked, cancel)).toMatchObject({ status: "cancelled", endedAt: T1 });
  expect(after(asked, started, cancel, cancel)).toMatchObject({ status: "cancelled", endedAt: T1 });
  expect(refused(asked, started, ["job.finish", counts], cancel)).toBe("JOB_ENDED");
});

it("makes anew, or only compares", () => {
  const anew = (more: object): object => after(["job.rebuild", { projection: "offers", requestedBy: "ann", ...more }]);
  expect(anew({})).toMatchObject({ status: "requested", asked: { task: "rebuild", projection: "offers" } });
  expect(anew({ dryRun: true })).toMatchObject({ asked: { task: "drift" } });
});

it("gives up on a job whose runner always goes away", () => {
  const rounds = Array.from({ length: 20 }, () => [started, ["job.requeue", {}, T1] as Sent]).flat();
  expect(after(asked, ...rounds, started)).toMatchObject({ status: "failed", runs: 20 });
});

it.each<[string, ...Sent[]]>([
  ["NOT_FOUND", started],
  ["NOT_FOUND", ["job.cancel", {}]],
  ["ALREADY_EXISTS", asked, asked],
  ["ALREADY_EXISTS", asked, ["job.rebuild", { projection: "offers", requestedBy: "ann" }]],
  ["ALREADY_EXISTS", asked, ["job.export", { form: "csv", requestedBy: "ann" }]],
  ["JOB_NOT_REQUESTED", asked, started, started],
  ["JOB_NOT_RUNNING", asked, ["job.report", { ...counts, leaseUntil: T1 }]],
  ["JOB_NOT_RUNNING", asked, started, ["job.cancel", {}], ["job.finish", counts]],
  ["JOB_NOT_RUNNING", asked, started, ["job.cancel", {}], ["job.fail", { reason: "x" }]],
  ["JOB_NOT_RUNNING", asked, ["job.requeue", {}]],
])("refuses with %s", (type, ...sent) => {
  expect(refused(...sent)).toBe(type);
});
