/** Progress of whatever reads histories page by page, without its having to know of it. */
import type { Histories } from "../../models/kernel/histories";
import { showProgress, type Progress, type Screen } from "../terminal/painter";

/** The same sources; each page that is read moves the progress on. */
export function told<T extends Pick<Histories, "scan">>(sources: readonly T[], read: (rows: number) => void): T[] {
  return sources.map((source) => ({
    ...source,
    scan: async (after: string, limit: number) => {
      const page = await source.scan(after, limit);
      read(page.length);
      return page;
    },
  }));
}

/** Counts rows towards a total and shows it while `work` runs. */
export async function withProgress<T>(
  { label, total, screen }: { label: string; total: number; screen: Screen },
  work: (read: (rows: number) => void) => Promise<T>,
): Promise<T> {
  const progress: Progress = showProgress(label, screen);
  let done = 0;
  try {
    return await work((rows) => {
      done += rows;
      progress.update({ done, failed: 0, fraction: total === 0 ? null : Math.min(1, done / total) });
    });
  } finally {
    progress.end();
  }
}
