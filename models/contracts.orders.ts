/** Of the table of contents: what was bought, and what becomes of it. */
import { anyContract, type AnyContract } from "./kernel/contract";
import { errandContract, type ErrandCalls } from "./errand/errand.contract";
import { invoiceContract, type InvoiceCalls } from "./invoice/invoice.contract";
import { entitlementContract, type EntitlementCalls } from "./entitlement/entitlement.contract";
import { goodsContract, type GoodsCalls } from "./goods/goods.contract";
import { messageContract, type MessageCalls } from "./message/message.contract";
import { orderContract, type OrderCalls } from "./order/order.contract";
import { orderRecordContract, type OrderRecordCalls } from "./order/order.record.contract";
import { orderGroupContract, type OrderGroupCalls } from "./ordergroup/ordergroup.contract";
import { orderNumberContract, type OrderNumberCalls } from "./ordernumber/ordernumber.contract";
import { commissionContract, type CommissionCalls } from "./commission/commission.contract";
import { ledgerContract, type LedgerCalls } from "./ledger/ledger.contract";
import { payoutContract, type PayoutCalls } from "./payout/payout.contract";
import type { DeskCalls } from "./desk/desk.contract";
import { returnContract, type ReturnCalls } from "./return/return.contract";
import { supplementContract, type SupplementCalls } from "./supplement/supplement.contract";

/** What was bought, and what becomes of it. */
export interface OrderingCalls
  extends
    OrderCalls,
    GoodsCalls,
    SupplementCalls,
    DeskCalls,
    EntitlementCalls,
    OrderRecordCalls,
    OrderGroupCalls,
    OrderNumberCalls,
    CommissionCalls,
    LedgerCalls,
    PayoutCalls,
    ReturnCalls,
    InvoiceCalls,
    MessageCalls,
    ErrandCalls {}

export const orderContracts: readonly AnyContract[] = [
  anyContract(orderContract),
  anyContract(orderRecordContract),
  anyContract(supplementContract),
  anyContract(goodsContract),
  anyContract(entitlementContract),
  anyContract(orderGroupContract),
  anyContract(orderNumberContract),
  anyContract(commissionContract),
  anyContract(ledgerContract),
  anyContract(payoutContract),
  anyContract(returnContract),
  anyContract(invoiceContract),
  anyContract(messageContract),
  errandContract,
];
