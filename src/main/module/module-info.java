/**
 * Keras for Java. What users import is exported; {@code keras.internal} is not.
 *
 * <p>Compiled last of all, as one file beside the classes: tests and tools go on to see a class
 * path.
 */
module keras {
  requires transitive org.tensorflow.ndarray;
  requires transitive tensorflow;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.google.protobuf;
  requires de.siegmar.fastcsv;
  requires io.jhdf;
  requires java.compiler;
  requires java.logging;
  requires java.net.http;
  requires org.apache.commons.lang3; // jHDF uses it, and has no module that could say so
  requires org.apache.commons.rng.api;
  requires org.apache.commons.rng.core;
  requires org.slf4j;
  requires pickle;
  requires static transitive java.desktop; // a plot gives an image
  requires static org.apache.commons.compress;
  requires static org.apache.xmlgraphics.batik.svggen;
  requires static org.eclipse.elk.alg.layered;
  requires static org.eclipse.elk.core;
  requires static org.eclipse.elk.graph;
  requires static xchart;
  requires static org.tribuo.util.onnx;
  requires tensorflow.framework;

  exports keras.activations;
  exports keras.backend;
  exports keras.callbacks;
  exports keras.constraints;
  exports keras.datasets;
  exports keras.distribution;
  exports keras.initializers;
  exports keras.layers;
  exports keras.losses;
  exports keras.metrics;
  exports keras.models;
  exports keras.ops;
  exports keras.optimizers;
  exports keras.optimizers.schedules;
  exports keras.parity;
  exports keras.plots;
  exports keras.preprocessing;
  exports keras.random;
  exports keras.regularizers;
  exports keras.saving;
  exports keras.utils;
}
