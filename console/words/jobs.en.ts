/** Long work, begun and looked at in the console. */
export const jobsEn = {
  "jobs.rate": "{n} a second",
  "jobs.stop": "Stop",
  "jobs.problems": "Save what was found",
  "jobs.differ": { one: "{n} document differs from the histories.", other: "{n} documents differ from the histories." },
  "jobs.failed": { one: "{n} failed.", other: "{n} failed." },
  "jobs.same": "The index is exactly what the histories say.",
  "jobs.anew": "Made anew from the histories",
  "jobs.anewLead": "The old index serves meanwhile. What was stopped goes on where it was when it is begun again.",
  "jobs.projection": "Projection",
  "jobs.compare": "Only compare",
  "jobs.rebuild": "Make it anew",
  "job.task.import": "Import",
  "job.task.export": "Export",
  "job.task.takeout": "Takeout",
  "job.task.rebuild": "Made anew",
  "job.task.drift": "Compared",
};
