/** What can be made anew; held against the mall's list by a test. */
export const PROJECTIONS = [
  ...["products", "offers", "orders", "returns", "reviews", "carts", "sellers", "memberships", "channels", "locations"],
  ...["ledgers", "payouts", "messages", "approvals", "assessments", "categories", "collections", "sections"],
  ...["merchandising", "experiments", "errands", "desks", "buyboxes"],
] as const;
