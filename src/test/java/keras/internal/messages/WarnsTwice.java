package keras.internal.messages;

/** Warns of the same thing twice, and of another. */
final class WarnsTwice {

  private WarnsTwice() {}

  public static void main(String[] args) {
    for (int i = 0; i < 2; i++) {
      Warnings.warn(WarnsTwice.class, "{} of {} is missing.", 1, "two");
    }
    Warnings.warn(WarnsTwice.class, "Something else.");
  }
}
