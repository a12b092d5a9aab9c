import type { jobsEn } from "./jobs.en";
import type { Message } from "./message";

export const jobsDe: Record<keyof typeof jobsEn, Message> = {
  "jobs.rate": "{n} je Sekunde",
  "jobs.stop": "Anhalten",
  "jobs.problems": "Befunde speichern",
  "jobs.differ": {
    one: "{n} Dokument weicht von den Historien ab.",
    other: "{n} Dokumente weichen von den Historien ab.",
  },
  "jobs.failed": { one: "{n} fehlgeschlagen.", other: "{n} fehlgeschlagen." },
  "jobs.same": "Der Index ist genau, was die Historien sagen.",
  "jobs.anew": "Neu aus den Historien",
  "jobs.anewLead":
    "Der alte Index dient inzwischen weiter. Was angehalten wurde, geht beim nächsten Mal dort weiter, wo es war.",
  "jobs.projection": "Projektion",
  "jobs.compare": "Nur vergleichen",
  "jobs.rebuild": "Neu aufbauen",
  "job.task.import": "Import",
  "job.task.export": "Export",
  "job.task.takeout": "Auskunft",
  "job.task.rebuild": "Neu aufgebaut",
  "job.task.drift": "Verglichen",
};
