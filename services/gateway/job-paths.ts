/** Where the files of jobs lie. Names are ids of this mall, so that nothing that a caller sends becomes a path. */
import path from "node:path";

export interface JobPaths {
  /** Files that were uploaded. */
  readonly files: string;
  file(id: string): string;
  problems(jobId: string): string;
  result(jobId: string): string;
  /** What people asked for of their own data, sealed. */
  readonly takeouts: string;
  takeout(jobId: string): string;
}

export const jobPaths = (folder: string): JobPaths => {
  const files = path.join(folder, "files");
  const takeouts = path.join(folder, "takeouts");
  return {
    files,
    file: (id) => path.join(files, id),
    problems: (jobId) => path.join(folder, `${jobId}.problems.jsonl`),
    result: (jobId) => path.join(folder, `${jobId}.result`),
    takeouts,
    takeout: (jobId) => path.join(takeouts, jobId),
  };
};
