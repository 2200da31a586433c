"""Pictures that other sites show beside a link, and the icons of this one; drawn, then kept."""
