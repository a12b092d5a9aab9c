import type { askedEn } from "./asked.en";

export const askedKo: typeof askedEn = {
  "asked.seller.approve": "판매자의 입점을 승인하기",
  "asked.assessment.releaseTogether": "큰 금액의 결제를 승인하기",
  "asked.account.grant": "몰 전체에 대한 역할을 부여하기",
  "asked.order.edit": "결제된 주문을 변경하기",
  "asked.order.refund": "큰 금액을 환불하기",
  "asked.ledger.adjust": "판매자의 정산 계정을 직접 조정하기",
  "asked.role.define": "역할을 정의하기",
  "asked.role.revise": "역할을 변경하기",
  "asked.role.retire": "역할을 폐지하기",
  "about.checkout": "결제 과정",
  "about.order": "주문",
  "about.product": "상품",
  "about.review": "리뷰",
  "about.listing": "판매 등록",
  "verdict.allow": "허용됨",
  "verdict.review": "사람의 확인을 기다림",
  "verdict.deny": "거절됨",
  "verdict.publish": "게시됨",
  "verdict.hold": "사람의 확인을 기다림",
  "verdict.reject": "게시되지 않음",
};
