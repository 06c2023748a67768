package keras.internal.messages;

/** Libraries that keras-java can use, and that an application adds itself. */
public final class Libraries {

  private Libraries() {}

  /**
   * Refuses to go on without a library.
   *
   * @param where the method, for the message
   * @param type a class of the library
   * @param artifact its place in Maven's repositories
   * @throws IllegalStateException if the class is not there
   */
  public static void check(String where, String type, String artifact) {
    try {
      Class.forName(type, false, Libraries.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw Errors.in(where, "a library is missing, which keras-java does not bring along.")
          .expected(artifact + " on the class path")
          .got("no class " + type)
          .fix("add it to the dependencies of the application")
          .state();
    }
  }
}
