package dev.ovsm.tests.benchmark;

/**
 * A program of as many lines as one likes: funds, each with an account, an error, two functions, of
 * which one has a loop, and two instructions.
 */
public final class GeneratedProgram {
  private static final String FUND =
      """
      ;; Fund N and its shares.
      (define-account FundN
        (authority pubkey)
        (total u64)
        (shares u64)
        (fee u16))

      (define-error poor-N "Fund N has too little")

      (defun fee-of-N ((amount : u64) (fee : u16)) -> u64
        "What a payment costs."
        (define part (/ (* amount (u64 fee)) 10_000))
        (if (< part N)
            N
            part))

      (defun weight-N ((amount : u64) (turns : u64)) -> u64
        (define sum 0)
        (for (i (range 0 (min turns 12)))
          (cond
            ((= (% i 3) 0) (set! sum (wrapping-add sum amount)))
            ((> i amount) (set! sum (wrapping-add sum i)))
            (else (set! sum (wrapping-mul sum N)))))
        sum)

      (define-program open-N
        :accounts ((fund :writable :init :type FundN)
                   (authority :signer))
        (lambda ((fee : u16))
          (require (<= fee 10_000) :poor-N)
          (set! (get fund :authority) (account-pubkey authority))
          (set! (get fund :total) 0)
          (set! (get fund :shares) 0)
          (set! (get fund :fee) fee)
          (log :message "Fund N opened" :fee fee)))

      (define-program pay-N
        :accounts ((fund :writable :type FundN)
                   (authority :signer))
        (lambda ((amount : u64) (turns : u64))
          (require (= (get fund :authority) (account-pubkey authority)) :poor-N)
          (define fee (fee-of-N amount (get fund :fee)))
          (define weight (weight-N amount turns))
          (require (<= fee amount) :poor-N)
          (define net (- amount fee))
          (set! (get fund :total) (+ (get fund :total) net))
          (set! (get fund :shares)
            (if (> weight 1000)
                (+ (get fund :shares) (/ net 2))
                (+ (get fund :shares) weight)))
          (log :message "Paid to fund N" :net net :weight weight)))

      """;

  private static final int LINES = (int) FUND.lines().count();

  private GeneratedProgram() {}

  /** The text of a program with at least so many lines, and less than a fund more. */
  public static String ofLines(int lines) {
    StringBuilder text = new StringBuilder();
    for (int fund = 1; (fund - 1) * LINES < lines; fund++) {
      text.append(FUND.replace("N", String.valueOf(fund)));
    }
    return text.toString();
  }
}
