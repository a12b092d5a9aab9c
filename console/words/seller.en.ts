/** Where sellers work. */
export const sellerEn = {
  "seller.dashboard": "Today",
  "seller.orders": "Orders",
  "seller.listings": "Listings",
  "seller.stock": "Stock",
  "seller.returns": "Returns",
  "seller.money": "Money",
};
