import type { merchantEn } from "./merchant.en";
import type { Message } from "./message";

export const merchantKo: Record<keyof typeof merchantEn, Message> = {
  "rules.does": "하는 일",
  "rules.deed.lift": "맞는 것을 올리기",
  "rules.deed.lower": "맞는 것을 내리기",
  "rules.deed.pin": "상품을 맨 위에 고정",
  "rules.deed.bury": "상품을 맨 뒤로",
  "rules.deed.hide": "상품 숨기기",
  "rules.deed.only": "맞는 것만 보이기",
  "rules.deed.same": "같은 뜻의 단어",
  "rules.deed.alsoFind": "다른 단어도 찾는 단어",
  "rules.deed.redirect": "다른 곳으로 보내기",
  "rules.several": "여러 개는 쉼표로 구분",
  "rules.path": "/sale 같은 상점 경로 또는 https 주소",
  "rules.valueOf.target": "대상",
  "rules.valueOf.pin": "상품: ID 또는 주소, 첫 번째가 맨 위",
  "rules.valueOf.bury": "상품: ID 또는 주소",
  "rules.valueOf.hide": "숨길 상품: ID 또는 주소",
  "rules.valueOf.same": "단어",
  "rules.valueOf.alsoFind": "함께 찾을 단어",
  "rules.valueOf.redirect": "보낼 곳",
  "rules.everywhere": "모든 곳",
  "rules.channel": "채널",
  "rules.section": "구역",
  "rules.from": "시작",
  "rules.until": "끝",
};
