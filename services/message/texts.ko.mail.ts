/** The letters in Korean. */
import type { Decision } from "../../models/message/message.letter.contract";
import { carried, listed, money, reasoned, was, type Items, type Texts } from "./parts.mail";

const REASONS: Readonly<Record<string, string>> = { return: "반품", cancelled: "취소", exchange: "교환" };
const KINDS = { return: "반품", exchange: "교환 요청", claim: "클레임" } as const;
const DECIDED: Readonly<Record<Decision, readonly [string, string]>> = {
  approved: ["승인", "승인되었습니다. 상품을 판매자에게 보내 주세요. 확인이 끝나면 알려 드리겠습니다."],
  rejected: ["거절", "판매자가 거절했습니다."],
  settled: ["완료", "처리가 완료되었습니다. 받으실 것을 보내 드립니다."],
};

const items = (it: Items): string => listed(it, (n) => `외 ${n}건`);

export const ko: Texts = {
  "order-placed": (it) => ({
    subject: `주문 ${it.number}이(가) 접수되었습니다`,
    text: `주문 ${it.number} 감사합니다.\n\n${items(it)}\n\n합계: ${money(it, "ko")}\n
진행 상황은 언제든지 여기에서 보실 수 있습니다.\n${it.link}`,
  }),
  "parcel-shipped": (it) => ({
    subject: `주문 ${it.number}이(가) 발송되었습니다`,
    text: `주문 ${it.number}의 상품을 보냈습니다.\n\n${items(it)}\n
${carried(["배송사", "운송장 번호"], it)}\n주문 보기:\n${it.link}`,
  }),
  "goods-delivered": (it) => ({
    subject: `주문 ${it.number}이(가) 준비되었습니다`,
    text: `주문 ${it.number}의 상품이 준비되었습니다.\n\n${items(it)}\n\n주문 보기:\n${it.link}`,
  }),
  "order-raised": ({ creditMinor, ...it }) => ({
    subject: creditMinor === undefined ? `주문 ${it.number}에 추가할까요?` : `주문 ${it.number}의 교환`,
    text:
      creditMinor === undefined
        ? `판매자가 주문 ${it.number}에 ${money(it, "ko")}의 추가를 제안합니다: ${it.reason}

${it.until.slice(0, 10)}까지 동의하고 결제하실 수 있습니다. 그러지 않으면 주문은 그대로입니다.

주문 보기:
${it.link}`
        : `주문 ${it.number}에서 보내신 상품이 도착했습니다. 그중 ${money({ ...it, amountMinor: creditMinor }, "ko")}을(를) \
대신 원하시는 상품에 씁니다. 차액은 ${money(it, "ko")}입니다.

${it.until.slice(0, 10)}까지 결제하시면 상품을 보내 드립니다. 그러지 않으면 보내신 상품 값을 돌려 드립니다.

주문 보기:
${it.link}`,
  }),
  "return-decided": (it) => ({
    subject: `주문 ${it.number}의 ${KINDS[it.kind]}: ${DECIDED[it.decision][0]}`,
    text: `주문 ${it.number}의 ${KINDS[it.kind]}에 대해 알려 드립니다. ${DECIDED[it.decision][1]}\n
${reasoned("사유", it.reason)}주문 보기:\n${it.link}`,
  }),
  refund: (it) => ({
    subject: `주문 ${it.number}의 환불`,
    text: `주문 ${it.number}에 대해 ${money(it, "ko")}을(를) 환불해 드립니다.\n
사유: ${REASONS[it.reason] ?? it.reason}\n\n주문 보기:\n${it.link}`,
  }),
  "payout-statement": (it) => ({
    subject: `${it.sellerName} ${it.cycle}회 지급`,
    text: `${it.sellerName}의 ${it.cycle}회 지급이 진행 중입니다: ${money(it, "ko")}.\n\n명세서:\n${it.link}`,
  }),
  "webhook-disabled": (it) => ({
    subject: `${it.host} 웹훅이 중지되었습니다`,
    text: `${
      it.gone
        ? `${it.host}의 수신처가 더 이상 존재하지 않는다고 응답했습니다.`
        : `약 3일 동안 ${it.host}의 수신처에 아무것도 전달하지 못했습니다.`
    } 이제 아무것도 전달하지 않습니다.

다시 응답하면 켜고, 놓친 것을 다시 전달하게 하십시오:\n${it.link}`,
  }),
  "wish-alert": (it) => ({
    subject: it.what === "back" ? `다시 구매하실 수 있습니다: ${it.title}` : `가격이 내렸습니다: ${it.title}`,
    text: `위시리스트에 담으신 상품 소식입니다.

${it.title}
현재 가격: ${money(it, "ko")}${was(it, (amount) => ` (담으실 때: ${amount})`, "ko")}

상품 보기:
${it.link}

이 알림은 한 번만 보내 드립니다. 더 이상 받지 않으시려면:
${it.stop}`,
  }),
};
