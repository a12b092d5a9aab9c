import type { jobsEn } from "./jobs.en";
import type { Message } from "./message";

export const jobsKo: Record<keyof typeof jobsEn, Message> = {
  "jobs.rate": "초당 {n}개",
  "jobs.stop": "중지",
  "jobs.problems": "결과 저장",
  "jobs.differ": { other: "문서 {n}개가 이력과 다릅니다." },
  "jobs.failed": { other: "{n}개 실패." },
  "jobs.same": "색인이 이력과 정확히 같습니다.",
  "jobs.anew": "이력에서 다시 만들기",
  "jobs.anewLead": "그동안 이전 색인이 응답합니다. 중지한 작업은 다시 시작하면 이어집니다.",
  "jobs.projection": "프로젝션",
  "jobs.compare": "비교만",
  "jobs.rebuild": "다시 만들기",
  "job.task.import": "가져오기",
  "job.task.export": "내보내기",
  "job.task.takeout": "내 데이터",
  "job.task.rebuild": "다시 만듦",
  "job.task.drift": "비교",
};
