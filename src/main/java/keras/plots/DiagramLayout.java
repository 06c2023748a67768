package keras.plots;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.HierarchyHandling;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/** Where the boxes, groups and arrows of a diagram are. The only user of ELK. */
final class DiagramLayout {
  private static final double BETWEEN = 26;
  private static final double FRAME = 14;
  private static final double LABEL = 26;

  private final ElkNode root = ElkGraphUtil.createGraph();
  private final Map<String, ElkNode> nodes = new HashMap<>();
  private final List<ElkEdge> edges = new ArrayList<>();
  private final Direction direction;

  DiagramLayout(Diagram diagram, boolean across) {
    LayoutMetaDataService.getInstance()
        .registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    direction = across ? Direction.RIGHT : Direction.DOWN;
    set(root, new ElkPadding(0));
    for (Diagram.Group group : diagram.groups()) {
      set(node(group.id(), group.group()), new ElkPadding(LABEL, FRAME, FRAME, FRAME));
    }
    for (Diagram.Box box : diagram.boxes()) {
      ElkNode node = node(box.id(), box.group());
      node.setDimensions(Diagram.width(box), Diagram.height(box));
    }
    for (Diagram.Arrow arrow : diagram.arrows()) {
      edges.add(ElkGraphUtil.createSimpleEdge(nodes.get(arrow.from()), nodes.get(arrow.to())));
    }
    new RecursiveGraphLayoutEngine().layout(root, new BasicProgressMonitor());
  }

  private ElkNode node(String id, String group) {
    ElkNode node = ElkGraphUtil.createNode(group == null ? root : nodes.get(group));
    nodes.put(id, node);
    return node;
  }

  private void set(ElkNode node, ElkPadding padding) {
    node.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
    node.setProperty(CoreOptions.DIRECTION, direction);
    node.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
    node.setProperty(CoreOptions.HIERARCHY_HANDLING, HierarchyHandling.INCLUDE_CHILDREN);
    node.setProperty(CoreOptions.PADDING, padding);
    node.setProperty(LayeredOptions.SPACING_NODE_NODE, BETWEEN);
    node.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, BETWEEN);
    node.setProperty(LayeredOptions.SPACING_EDGE_NODE, BETWEEN / 2);
  }

  double width() {
    return root.getWidth();
  }

  double height() {
    return root.getHeight();
  }

  /** Returns the place of a box or a group. */
  Rectangle2D place(String id) {
    ElkNode node = nodes.get(id);
    Point2D corner = inPicture(node.getParent(), node.getX(), node.getY());
    return new Rectangle2D.Double(corner.getX(), corner.getY(), node.getWidth(), node.getHeight());
  }

  /** Returns the points that each arrow goes through. */
  List<List<Point2D>> arrows() {
    return edges.stream().map(DiagramLayout::points).toList();
  }

  private static List<Point2D> points(ElkEdge edge) {
    ElkNode within = edge.getContainingNode();
    ElkEdgeSection section = edge.getSections().get(0);
    List<Point2D> points = new ArrayList<>();
    points.add(inPicture(within, section.getStartX(), section.getStartY()));
    for (ElkBendPoint bend : section.getBendPoints()) {
      points.add(inPicture(within, bend.getX(), bend.getY()));
    }
    points.add(inPicture(within, section.getEndX(), section.getEndY()));
    return points;
  }

  private static Point2D inPicture(ElkNode within, double x, double y) {
    double left = x;
    double top = y;
    for (ElkNode node = within; node != null; node = node.getParent()) {
      left += node.getX();
      top += node.getY();
    }
    return new Point2D.Double(left, top);
  }
}
