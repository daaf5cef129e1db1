package dev.ovsm.runtime.autonomous.model;

/** Mistakes that the model can be made to make, of which a comparison must show each. */
public enum Bug {
  POP_BEFORE_ADMIT,
  PERIOD_FROM_NOW,
  LOST_CROSSING,
  DOUBLE_DELIVERY,
  RETRY_KEEPS_ITS_PLACE,
  FAILURE_IS_FREE,
  BREAKER_STAYS_CLOSED
}
