package keras.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import keras.models.Model;
import keras.models.Models;
import keras.utils.FloatArrays;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.tensorflow.ndarray.FloatNdArray;

/**
 * Asks a model for each row of a {@code Dataset<Row>}: columns in, one more column out.
 *
 * <pre>{@code
 * Dataset<Row> scored =
 *     new SparkPredictor(model).featuresCol("window").predictionCol("forecast").transform(rows);
 * }</pre>
 *
 * <p>Each JVM has one copy of the model, which its tasks use together. A model with one output of
 * one number gives a {@code float}; any other shape an array, in which the numbers of a sample
 * stand one after the other.
 */
public final class SparkPredictor implements Serializable {

  private static final long serialVersionUID = 1;
  private static final int DEFAULT_BATCH_SIZE = 256;
  private static final int MOST_MODELS = 8;

  /** The models of this JVM, by what they were broadcast as. */
  private static final Map<String, Model> MODELS =
      new LinkedHashMap<>(MOST_MODELS, 1, true) {
        private static final long serialVersionUID = 1;

        /** One that is no longer kept is closed when no task uses it any more. */
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Model> eldest) {
          return size() > MOST_MODELS;
        }
      };

  private final String id = UUID.randomUUID().toString();
  private final byte[] content;
  private final List<long[]> inputs;
  private final List<long[]> outputs;
  private List<String> features = new ArrayList<>(List.of("features"));
  private List<String> predictions = new ArrayList<>(List.of("prediction"));
  private int batchSize = DEFAULT_BATCH_SIZE;
  private boolean keepsInvalid;

  /**
   * A predictor; later changes of the model do not reach it.
   *
   * @param model a model with weights
   */
  public SparkPredictor(Model model) {
    content = ModelContent.of(model);
    inputs = ModelContent.inputs(model);
    outputs = ModelContent.outputs(model);
  }

  /**
   * Names the columns that the model is given. Spark: {@code setFeaturesCol}.
   *
   * @param columns one with numbers, an array, an array of arrays or a vector; or several with
   *     numbers or with arrays of one length. {@code "features"} by default. For several inputs of
   *     the model one for each, in their order
   * @return this predictor
   */
  public SparkPredictor featuresCol(String... columns) {
    features = new ArrayList<>(SparkTrainer.named("featuresCol", columns));
    return this;
  }

  /**
   * Names the columns that are added, one for each output of the model.
   *
   * @param columns {@code "prediction"} by default
   * @return this predictor
   */
  public SparkPredictor predictionCol(String... columns) {
    predictions = new ArrayList<>(SparkTrainer.named("predictionCol", columns));
    return this;
  }

  /**
   * Sets how many rows the model is given at once.
   *
   * @param value 256 by default
   * @return this predictor
   * @throws IllegalArgumentException if it is less than one
   */
  public SparkPredictor batchSize(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("SparkPredictor.batchSize: " + value + " is less than 1");
    }
    batchSize = value;
    return this;
  }

  /**
   * Sets what happens to a row with a null, a NaN or another number of values.
   *
   * @param value {@code "error"}, the default, which fails with the row; or {@code "keep"}, which
   *     gives it a null. Spark ML's words
   * @return this predictor
   * @throws IllegalArgumentException if it is neither
   */
  public SparkPredictor handleInvalid(String value) {
    if (!List.of("error", "keep").contains(value)) {
      throw new IllegalArgumentException(
          "SparkPredictor.handleInvalid: expected \"error\" or \"keep\", got \"" + value + "\"");
    }
    keepsInvalid = value.equals("keep");
    return this;
  }

  /**
   * Adds the model's answers.
   *
   * @param rows with the columns that {@link #featuresCol} names
   * @return the same rows with one more column
   * @throws IllegalArgumentException if a column is missing
   */
  public Dataset<Row> transform(Dataset<Row> rows) {
    if (predictions.size() != outputs.size()) {
      throw new IllegalArgumentException(
          "SparkPredictor.predictionCol: expected "
              + outputs.size()
              + " names, one for each output of the model, got "
              + predictions);
    }
    StructType schema = rows.schema();
    for (int i = 0; i < outputs.size(); i++) {
      schema = schema.add(predictions.get(i), type(outputs.get(i)), true);
    }
    List<Rows> readers = Rows.inputs(features, rows.schema(), inputs);
    return rows.mapPartitions(answers(readers, rows.sparkSession()), Encoders.row(schema));
  }

  /**
   * Makes the model a function of SQL with one argument: {@code SELECT forecast(window) FROM ...}.
   * It is asked row by row, for which {@link #transform} is the quicker way.
   *
   * @param session where the function is to be known
   * @param name of the function
   * @throws IllegalArgumentException if the model has several inputs or outputs
   */
  public void register(SparkSession session, String name) {
    if (inputs.size() != 1 || outputs.size() != 1) {
      throw new IllegalArgumentException(
          "SparkPredictor.register: the model has several inputs or outputs.\n  expected: one of"
              + " each, as a function has\n  got:      "
              + inputs.size()
              + " and "
              + outputs.size()
              + "\n  fix:      transform(rows), with a column for each");
    }
    StructType schema = new StructType().add("x", DataTypes.NullType);
    Answers answers = answers(Rows.inputs(List.of("x"), schema, inputs), session);
    UDF1<Object, Object> function = value -> answers.one(RowFactory.create(value));
    session.udf().register(name, function, type(outputs.get(0)));
  }

  private Answers answers(List<Rows> readers, SparkSession session) {
    return new Answers(
        this,
        readers,
        JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(content));
  }

  private static boolean isNumber(long... sample) {
    return sample.length == 0 || (sample.length == 1 && sample[0] == 1);
  }

  private static DataType type(long... sample) {
    return isNumber(sample)
        ? DataTypes.FloatType
        : DataTypes.createArrayType(DataTypes.FloatType, false);
  }

  /** Reads rows, asks the model and adds a column, in an executor. */
  private static final class Answers implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1;

    private final String id;
    private final List<Rows> readers;
    private final List<long[]> outputs;
    private final Broadcast<byte[]> content;
    private final int batchSize;
    private final boolean keepsInvalid;

    Answers(SparkPredictor predictor, List<Rows> readers, Broadcast<byte[]> content) {
      this.id = predictor.id;
      this.readers = new ArrayList<>(readers);
      this.outputs = predictor.outputs;
      this.content = content;
      this.batchSize = predictor.batchSize;
      this.keepsInvalid = predictor.keepsInvalid;
    }

    private Model model() {
      synchronized (MODELS) {
        Model model = MODELS.get(id);
        if (model == null) {
          model = Models.loadModel(content.value());
          MODELS.put(id, model);
        }
        return model;
      }
    }

    @Override
    public Iterator<Row> call(Iterator<Row> rows) {
      return new Iterator<>() {
        private Iterator<Row> ready = List.<Row>of().iterator();

        @Override
        public boolean hasNext() {
          return ready.hasNext() || rows.hasNext();
        }

        @Override
        public Row next() {
          if (!ready.hasNext()) {
            List<Row> batch = new ArrayList<>();
            while (batch.size() < batchSize && rows.hasNext()) {
              batch.add(rows.next());
            }
            ready = answered(batch).iterator();
          }
          return ready.next();
        }
      };
    }

    Object one(Row row) {
      Row answered = answered(List.of(row)).get(0);
      return answered.get(answered.size() - 1);
    }

    private List<Row> answered(List<Row> rows) {
      List<Samples> samples = readers.stream().map(Samples::new).toList();
      boolean[] invalid = new boolean[rows.size()];
      for (int i = 0; i < rows.size(); i++) {
        Row row = rows.get(i);
        try {
          // All of a row before any of it counts.
          List<double[]> numbers = readers.stream().map(reader -> reader.read(row)).toList();
          for (int k = 0; k < numbers.size(); k++) {
            samples.get(k).add(row, numbers.get(k));
          }
        } catch (IllegalArgumentException e) {
          if (!keepsInvalid) {
            throw e;
          }
          invalid[i] = true;
        }
      }
      int valid = samples.get(0).count();
      List<FloatNdArray> answers =
          valid == 0
              ? List.of()
              : model().predictOnBatchAll(samples.stream().map(Samples::array).toList());
      List<Row> answered = new ArrayList<>();
      int next = 0;
      for (int i = 0; i < rows.size(); i++) {
        Object[] own = new Object[outputs.size()];
        for (int k = 0; k < own.length && !invalid[i]; k++) {
          own[k] = answer(FloatArrays.values(answers.get(k)), next, valid, outputs.get(k));
        }
        next += invalid[i] ? 0 : 1;
        answered.add(with(rows.get(i), own));
      }
      return answered;
    }

    private static Object answer(float[] answers, int sample, int samples, long... shape) {
      int count = answers.length / samples;
      if (isNumber(shape)) {
        return answers[sample];
      }
      Float[] numbers = new Float[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = answers[sample * count + i];
      }
      return numbers;
    }

    private static Row with(Row row, Object... answers) {
      Object[] values = new Object[row.size() + answers.length];
      for (int i = 0; i < row.size(); i++) {
        values[i] = row.get(i);
      }
      System.arraycopy(answers, 0, values, row.size(), answers.length);
      return RowFactory.create(values);
    }
  }
}
