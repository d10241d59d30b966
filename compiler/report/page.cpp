// The page: page.html with the data in it.
#include "compiler/report/report.h"

#include "llvm/Support/raw_ostream.h"

using namespace dlc;

static constexpr llvm::StringLiteral kPage(
#include "page.inc"
);

std::string dlc::renderPage(llvm::json::Object data) {
  std::string json;
  llvm::raw_string_ostream os(json);
  std::string title = data.getString("model").value_or("model").str();
  os << llvm::json::Value(std::move(data));
  // Inside <script> nothing may look like the end of it.
  std::string safe;
  for (char c : json)
    if (c == '<')
      safe += "\\u003c";
    else
      safe += c;
  std::string escaped;
  for (char c : title)
    escaped += c == '<' ? "&lt;" : c == '&' ? "&amp;" : std::string(1, c);
  auto [beforeTitle, afterTitle] = kPage.split("<!--title-->");
  auto [middle, rest] = afterTitle.split("/*data*/");
  return (beforeTitle + escaped + middle + safe + rest).str();
}
