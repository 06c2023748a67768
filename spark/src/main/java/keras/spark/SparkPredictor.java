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
  private final long[] input;
  private final long[] output;
  private List<String> features = new ArrayList<>(List.of("features"));
  private String prediction = "prediction";
  private int batchSize = DEFAULT_BATCH_SIZE;
  private boolean keepsInvalid;

  /**
   * A predictor of a model with one input and one output; later changes of the model do not reach
   * it.
   *
   * @param model a model with weights
   * @throws IllegalArgumentException if it has several inputs or outputs
   */
  public SparkPredictor(Model model) {
    ModelContent.checkSingle("SparkPredictor", model);
    content = ModelContent.of(model);
    input = ModelContent.sample(model.inputShape());
    output = ModelContent.sample(model.outputShape());
  }

  /**
   * Names the columns that the model is given. Spark: {@code setFeaturesCol}.
   *
   * @param columns one with numbers, an array, an array of arrays or a vector; or several with
   *     numbers or with arrays of one length. {@code "features"} by default
   * @return this predictor
   */
  public SparkPredictor featuresCol(String... columns) {
    features = new ArrayList<>(SparkTrainer.named("featuresCol", columns));
    return this;
  }

  /**
   * Names the column that is added.
   *
   * @param column {@code "prediction"} by default
   * @return this predictor
   */
  public SparkPredictor predictionCol(String column) {
    prediction = java.util.Objects.requireNonNull(column, "predictionCol");
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
    StructType schema = rows.schema().add(prediction, type(), true);
    Rows reader = new Rows("featuresCol", features, rows.schema(), input);
    Broadcast<byte[]> sent =
        org.apache.spark.api.java.JavaSparkContext.fromSparkContext(
                rows.sparkSession().sparkContext())
            .broadcast(content);
    Answers answers = new Answers(this, reader, sent);
    return rows.mapPartitions(answers, Encoders.row(schema));
  }

  /**
   * Makes the model a function of SQL with one argument: {@code SELECT forecast(window) FROM ...}.
   * It is asked row by row, for which {@link #transform} is the quicker way.
   *
   * @param session where the function is to be known
   * @param name of the function
   */
  public void register(SparkSession session, String name) {
    StructType schema = new StructType().add("x", DataTypes.NullType);
    Rows reader = new Rows("features", List.of("x"), schema, input);
    Broadcast<byte[]> sent =
        org.apache.spark.api.java.JavaSparkContext.fromSparkContext(session.sparkContext())
            .broadcast(content);
    Answers answers = new Answers(this, reader, sent);
    UDF1<Object, Object> function = value -> answers.one(RowFactory.create(value));
    session.udf().register(name, function, type());
  }

  private boolean givesNumber() {
    return output.length == 0 || (output.length == 1 && output[0] == 1);
  }

  private DataType type() {
    return givesNumber()
        ? DataTypes.FloatType
        : DataTypes.createArrayType(DataTypes.FloatType, false);
  }

  /** Reads rows, asks the model and adds a column, in an executor. */
  private static final class Answers implements MapPartitionsFunction<Row, Row> {
    private static final long serialVersionUID = 1;

    private final String id;
    private final Rows reader;
    private final Broadcast<byte[]> content;
    private final int batchSize;
    private final boolean keepsInvalid;
    private final boolean givesNumber;

    Answers(SparkPredictor predictor, Rows reader, Broadcast<byte[]> content) {
      this.id = predictor.id;
      this.reader = reader;
      this.content = content;
      this.batchSize = predictor.batchSize;
      this.keepsInvalid = predictor.keepsInvalid;
      this.givesNumber = predictor.givesNumber();
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
      int size = reader.size();
      float[] values = new float[rows.size() * size];
      boolean[] invalid = new boolean[rows.size()];
      int valid = 0;
      for (int i = 0; i < rows.size(); i++) {
        try {
          reader.read(rows.get(i), values, valid * size);
          valid++;
        } catch (IllegalArgumentException e) {
          if (!keepsInvalid) {
            throw e;
          }
          invalid[i] = true;
        }
      }
      float[] answers = valid == 0 ? new float[0] : asked(values, valid);
      List<Row> answered = new ArrayList<>();
      int next = 0;
      for (int i = 0; i < rows.size(); i++) {
        Object answer = null;
        if (!invalid[i]) {
          int each = answers.length / valid;
          answer = answer(answers, next * each, each);
          next++;
        }
        answered.add(with(rows.get(i), answer));
      }
      return answered;
    }

    private float[] asked(float[] values, int samples) {
      FloatNdArray x = reader.array(java.util.Arrays.copyOf(values, samples * reader.size()));
      return FloatArrays.values(model().predictOnBatch(x));
    }

    private Object answer(float[] answers, int from, int count) {
      if (givesNumber) {
        return answers[from];
      }
      Float[] numbers = new Float[count];
      for (int i = 0; i < count; i++) {
        numbers[i] = answers[from + i];
      }
      return numbers;
    }

    private static Row with(Row row, Object answer) {
      Object[] values = new Object[row.size() + 1];
      for (int i = 0; i < row.size(); i++) {
        values[i] = row.get(i);
      }
      values[row.size()] = answer;
      return RowFactory.create(values);
    }
  }
}
