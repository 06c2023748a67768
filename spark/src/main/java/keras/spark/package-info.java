/** Models of keras-java on Spark: training over executors, and predictions as columns. */
package keras.spark;
