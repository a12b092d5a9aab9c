import type { jobsEn } from "./jobs.en";
import type { Message } from "./message";

export const jobsAr: Record<keyof typeof jobsEn, Message> = {
  "jobs.rate": "{n} في الثانية",
  "jobs.stop": "إيقاف",
  "jobs.problems": "حفظ ما وُجد",
  "jobs.differ": {
    zero: "لا مستندات مختلفة.",
    one: "مستند واحد يختلف عن السجلات.",
    two: "مستندان يختلفان عن السجلات.",
    few: "{n} مستندات تختلف عن السجلات.",
    many: "{n} مستندًا يختلف عن السجلات.",
    other: "{n} مستند يختلف عن السجلات.",
  },
  "jobs.failed": {
    zero: "لم يفشل شيء.",
    one: "فشل واحد.",
    two: "فشل اثنان.",
    few: "فشل {n}.",
    many: "فشل {n}.",
    other: "فشل {n}.",
  },
  "jobs.same": "الفهرس مطابق تمامًا للسجلات.",
  "jobs.anew": "بناء جديد من السجلات",
  "jobs.anewLead": "يخدم الفهرس القديم في أثناء ذلك. ما أُوقف يستمر من حيث كان عند بدئه من جديد.",
  "jobs.projection": "الإسقاط",
  "jobs.compare": "مقارنة فقط",
  "jobs.rebuild": "بناء جديد",
  "job.task.import": "استيراد",
  "job.task.export": "تصدير",
  "job.task.takeout": "بياناتي",
  "job.task.rebuild": "بناء جديد",
  "job.task.drift": "مقارنة",
};
