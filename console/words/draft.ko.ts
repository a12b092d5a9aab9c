import type { draftEn } from "./draft.en";
import type { Message } from "./message";

export const draftKo: Record<keyof typeof draftEn, Message> = {
  "draft.new": "상품 등록",
  "draft.what": "상품",
  "draft.title": "상품명",
  "draft.brand": "브랜드",
  "draft.quantity": "보유 수량",
  "draft.look": "검토하기",
  "draft.proposed": "몰의 제안",
  "draft.where": "어울리는 분류",
  "draft.speaks": "{percent} – {why}",
  "draft.elsewhere": "다른 곳",
  "draft.noPlace": "맞는 분류가 없어 단어로 검색됩니다.",
  "draft.double": "이미 판매 중일 수 있습니다:",
  "draft.takenDouble": "이미 있는 상품에 판매 조건을 올립니다:",
  "draft.same": "같은 상품입니다",
  "draft.different": "다른 상품입니다",
  "draft.sell": "판매 시작",
  "draft.offer": "내 가격으로 판매",
  "draft.sold": "판매가 시작되었습니다.",
  "draft.see": "상점에서 보기",
  "draft.variant": "어떤 옵션인가요",
  "draft.choose": "선택하세요",
  "draft.another": "하나 더 등록",
};
