package keras.plots;

import keras.internal.messages.Errors;

/** Libraries that applications which draw add themselves. */
final class Libraries {

  private Libraries() {}

  static void checkCharts() {
    check("plot", "org.knowm.xchart.XYChart", "org.knowm.xchart:xchart:4.0.3");
  }

  static void checkSvg() {
    check(
        "save as SVG",
        "org.apache.batik.svggen.SVGGraphics2D",
        "org.apache.xmlgraphics:batik-svggen:1.19");
  }

  private static void check(String where, String type, String artifact) {
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
