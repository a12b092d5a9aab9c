import type { keysEn } from "./keys.en";

export const keysKo: Record<keyof typeof keysEn, string> = {
  "keys.title": "프로그램용 키",
  "keys.lead":
    "프로그램은 키로 회원님을 대신해 움직입니다. 회원님이 할 수 있는 일 가운데 여기서 허락한 것만 하며, 로그인하거나 계정을 바꾸거나 키를 만들 수는 없습니다.",
  "keys.none": "아직 키가 없습니다",
  "keys.name": "이름",
  "keys.nameHint": "무엇에 쓰는지 알아볼 수 있는 이름",
  "keys.begins": "앞부분",
  "keys.may": "권한",
  "keys.made": "만든 날",
  "keys.used": "마지막 사용",
  "keys.never": "아직 없음",
  "keys.new": "새 키",
  "keys.choose": "할 수 있는 일: 최대 {max}개",
  "keys.make": "키 만들기",
  "keys.once": "이것이 키입니다. 지금 한 번만 보여 드립니다. 프로그램이 찾을 수 있는 곳에 보관하세요.",
  "keys.key": "키",
  "keys.copy": "복사",
  "keys.copied": "복사했습니다",
  "keys.kept": "보관했습니다",
  "keys.revoke": "폐기",
  "keys.revokeTitle": "{name} 키를 폐기할까요?",
  "keys.revokeText": "이 키를 쓰는 것은 이제부터 거절됩니다. 되돌릴 수 없지만 새 키는 언제든 만들 수 있습니다.",
  "keys.open": "회원님을 대신하는 프로그램에는 비밀번호 대신 따로 키를 주세요.",
  "keys.look": "내 키 보기",
};
