package keras.callbacks;

import keras.utils.Errors;

/** When to save: after each epoch, or after every so many batches. */
final class SaveFrequency {

  private final String where;
  private int every;
  private int seen;

  SaveFrequency(String where) {
    this.where = where;
  }

  void set(String value) {
    if (!"epoch".equals(value)) {
      throw wrong(value == null ? "null" : "\"" + value + "\"");
    }
    every = 0;
  }

  void set(int batches) {
    if (batches < 1) {
      throw wrong(batches);
    }
    every = batches;
    seen = 0;
  }

  boolean isEpoch() {
    return every == 0;
  }

  /** Counts a batch; whether it is one to save after. */
  boolean isDue() {
    if (isEpoch()) {
      return false;
    }
    seen++;
    boolean due = seen >= every;
    seen = due ? 0 : seen;
    return due;
  }

  /** Whether the next batch is one to save after. */
  boolean isDueNext() {
    return !isEpoch() && seen + 1 >= every;
  }

  private IllegalArgumentException wrong(Object got) {
    return Errors.in(where + ".saveFreq", "this says nothing about when to save.")
        .expected("\"epoch\", or a number of batches from 1 on")
        .got(got)
        .fix("saveFreq(\"epoch\") for after each epoch")
        .argument();
  }
}
