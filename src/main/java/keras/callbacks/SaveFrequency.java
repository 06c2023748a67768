package keras.callbacks;

import keras.internal.messages.Errors;

/** When to save: after each epoch, or after every so many batches. */
final class SaveFrequency {

  private final String where;
  private int every;
  private int seen;
  private int last;

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

  /**
   * Counts the batches up to this one, of which callbacks may see several as one; whether it is one
   * to save after.
   */
  boolean isDue(int batch) {
    boolean due = isDueAt(batch);
    seen = due ? 0 : seen + since(batch);
    last = batch;
    return due;
  }

  /** Tells whether {@link #isDue} will say yes. */
  boolean isDueAt(int batch) {
    return !isEpoch() && seen + since(batch) >= every;
  }

  /** As Keras counts, which takes the very first batch for one that was seen. */
  private int since(int batch) {
    return batch <= last ? batch + 1 : batch - last;
  }

  private IllegalArgumentException wrong(Object got) {
    return Errors.in(where + ".saveFreq", "this says nothing about when to save.")
        .expected("\"epoch\", or a number of batches from 1 on")
        .got(got)
        .fix("saveFreq(\"epoch\") for after each epoch")
        .argument();
  }
}
