/** Where the mall's people work. */
export const adminEn = {
  "admin.overview": "Overview",
  "admin.time": "Time",
  "admin.approvals": "Approvals",
  "admin.orders": "Orders",
  "admin.sellers": "Sellers",
  "admin.denials": "Denials",
  "admin.jobs": "Jobs",
  "admin.health": "Health",
};
