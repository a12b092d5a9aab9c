/** What is known of a payment at checkout when it is judged, by name: what models and rules may speak of. */

/** As the Fraud Detection Handbook names them; its terminal is here the seller who gets most of the money. */
export const HANDBOOK_FEATURES = [
  "TX_AMOUNT",
  "TX_DURING_WEEKEND",
  "TX_DURING_NIGHT",
  "CUSTOMER_ID_NB_TX_1DAY_WINDOW",
  "CUSTOMER_ID_AVG_AMOUNT_1DAY_WINDOW",
  "CUSTOMER_ID_NB_TX_7DAY_WINDOW",
  "CUSTOMER_ID_AVG_AMOUNT_7DAY_WINDOW",
  "CUSTOMER_ID_NB_TX_30DAY_WINDOW",
  "CUSTOMER_ID_AVG_AMOUNT_30DAY_WINDOW",
  "TERMINAL_ID_NB_TX_1DAY_WINDOW",
  "TERMINAL_ID_RISK_1DAY_WINDOW",
  "TERMINAL_ID_NB_TX_7DAY_WINDOW",
  "TERMINAL_ID_RISK_7DAY_WINDOW",
  "TERMINAL_ID_NB_TX_30DAY_WINDOW",
  "TERMINAL_ID_RISK_30DAY_WINDOW",
] as const;

/** A fold of the transactions before one, as on the files of that form. */
export const OWN_FEATURES = [
  "amount_to_usual",
  "amount_deviations",
  "usual_amount",
  "usual_known_from",
  "odd_3_days",
  "odd_14_days",
  "largest_ratio_14_days",
  "ratio_mean_7_days",
  "customer_frauds_30_days",
  "seconds_since_last",
  "terminal_risk_shrunk",
  "terminal_series_frauds",
  "terminal_series_age",
  "terminal_series_age_max",
  "terminal_series_start_known",
  "terminal_last_known_age",
  "terminal_honest_since",
  "terminal_odd_7_days",
] as const;

/** Only at a checkout: what the files of the Handbook's form do not tell. */
export const AT_CHECKOUT = [
  "hour_of_day",
  "customer_attempts_1_hour",
  "customer_stopped_7_days",
  "customer_known_frauds",
  "customer_sum_7_days",
  "card_attempts_1_hour",
  "card_attempts_1_day",
  "card_attempts_7_days",
  "card_sum_1_day",
  "card_known_frauds",
  "address_attempts_1_day",
  "address_attempts_7_days",
  "address_attempts_30_days",
  "address_customers_7_days",
  "address_known_frauds",
  "delivery_distance",
] as const;

export const CHECKOUT_FEATURES = [...HANDBOOK_FEATURES, ...OWN_FEATURES, ...AT_CHECKOUT] as const;

export type CheckoutFeature = (typeof CHECKOUT_FEATURES)[number];
