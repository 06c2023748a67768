/**
 * Pictures of trainings and predictions, in place of the scripts' {@code matplotlib}. Needs {@code
 * org.knowm.xchart:xchart}, which keras-java does not bring along, and for SVG files {@code
 * org.apache.xmlgraphics:batik-svggen}.
 */
package keras.plots;
